using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Conversations;

/// <summary><c>GET /conversations/{id}</c></summary>
sealed class GetConversationOperation(OpenAIClients openAI) : IOperation<GetConversation, ConversationRetrieved>
{
    public async Task<ConversationRetrieved> Run(GetConversation request, CancellationToken cancellation)
    {
        NoBody(request);

        var answer = await openAI.Of(request)
            .Send("GET", ProviderConversations.Path(request.ConversationId), null, cancellation);

        return new() { Conversation = ProviderConversations.Read(answer), RequestId = answer.RequestId };
    }
}
