using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Bodies;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Conversations;

/// <summary><c>POST /conversations/{id}</c></summary>
sealed class UpdateConversationOperation(OpenAIClients openAI) : IOperation<UpdateConversation, ConversationUpdated>
{
    public async Task<ConversationUpdated> Run(UpdateConversation request, CancellationToken cancellation)
    {
        Check(request);

        var answer = await openAI.Of(request)
            .Send("POST", ProviderConversations.Path(request.ConversationId), Body(request).ToContent(), cancellation);

        return new() { Conversation = ProviderConversations.Read(answer), RequestId = answer.RequestId };
    }

    static void Check(UpdateConversation request)
    {
        Needed("storeMetadata", request.StoreMetadata is not null || request.HasExtra("metadata"),
            "give the pairs; an empty object removes all.");
    }

    static JsonBody Body(UpdateConversation request) => new(request) { { "metadata", request.StoreMetadata } };
}
