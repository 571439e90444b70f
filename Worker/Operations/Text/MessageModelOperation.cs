using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Text;

/// <summary><c>POST /responses</c> or <c>POST /chat/completions</c></summary>
sealed class MessageModelOperation(OpenAIClients openAI, ClaimChecks payloads) : IOperation<MessageModel, ModelMessaged>
{
    public async Task<ModelMessaged> Run(MessageModel request, CancellationToken cancellation)
    {
        var calls = openAI.Of(request);
        var throughResponses = (request.Api ?? calls.PreferredApi) == ModelApi.Responses;
        MessageModelCheck.Of(request, throughResponses);

        var whole = await payloads.Inlined(request, cancellation);
        var answer = throughResponses
            ? await calls.Respond(ResponsesBody.Of(whole).ToContent(), cancellation)
            : await calls.CompleteChat(ChatBody.Of(whole).ToContent(), cancellation);

        return throughResponses ? ResponsesAnswer.Read(answer, request) : ChatAnswer.Read(answer, request);
    }
}
