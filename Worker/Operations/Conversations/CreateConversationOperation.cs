using OpenAIWorker.Contracts;
using OpenAIWorker.Operations.Text;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream;
using static OpenAIWorker.Operations.RequestCheck;

namespace OpenAIWorker.Operations.Conversations;

/// <summary><c>POST /conversations</c></summary>
sealed class CreateConversationOperation(OpenAIClients openAI, ClaimChecks payloads) : IOperation<CreateConversation, ConversationCreated>
{
    const int MostMessages = 20;

    public async Task<ConversationCreated> Run(CreateConversation request, CancellationToken cancellation)
    {
        Check(request);

        var messages = await payloads.Inlined(request.Messages, cancellation);
        var answer = await openAI.Of(request).Send("POST", "conversations", Body(request, messages).ToContent(), cancellation);

        return new() { Conversation = ProviderConversations.Read(answer.Body), RequestId = answer.RequestId };
    }

    static void Check(CreateConversation request)
    {
        Count("messages", request.Messages, 0, MostMessages);
        MessageChecks.Each(request.Messages, throughResponses: true);
        StoreMetadata(request.StoreMetadata);
    }

    static JsonBody Body(CreateConversation request, IReadOnlyList<ModelMessage>? messages) => new(request)
    {
        { "items", messages?.SelectMany(ResponsesInput.Of) },
        { "metadata", request.StoreMetadata },
    };
}
