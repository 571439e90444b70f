using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Conversations;

/// <summary><c>DELETE /conversations/{id}</c></summary>
sealed class DeleteConversationOperation(OpenAIClients openAI) : IOperation<DeleteConversation, ConversationDeleted>
{
    public async Task<ConversationDeleted> Run(DeleteConversation request, CancellationToken cancellation)
    {
        NoBody(request);

        var answer = await openAI.Of(request).Delete(ProviderConversations.Path(request.ConversationId), cancellation);

        return new()
        {
            ConversationId = answer.Body.Id() ?? request.ConversationId,
            Deleted = answer.Body.Truth("deleted"),
            RequestId = answer.RequestId
        };
    }
}
