using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Responses;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Conversations;

/// <summary>What the four operations on conversations share.</summary>
static class ProviderConversations
{
    public static string Path(string? id) => ApiPath.Of("conversations", "conversationId", id);

    public static ProviderConversation Read(ProviderResponse answer) => new()
    {
        Id = answer.Body.Id() ?? throw answer.Broken("a conversation that has no id"),
        CreatedAt = answer.Body.Time("created_at"),
        StoreMetadata = answer.Body.Pairs("metadata"),
    };
}
