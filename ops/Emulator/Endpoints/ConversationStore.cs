using System.Collections.Concurrent;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>The conversations that were created and not deleted.</summary>
sealed class ConversationStore
{
    readonly ConcurrentDictionary<string, KeptConversation> kept = new();

    public KeptConversation? Find(string id) => kept.GetValueOrDefault(id);

    public void Keep(KeptConversation conversation) => kept[conversation.Id] = conversation;

    public void Delete(KeptConversation conversation) => kept.TryRemove(conversation.Id, out _);
}

/// <summary>A conversation that was created and not deleted.</summary>
sealed record KeptConversation(string Id, DateTimeOffset CreatedAt, JsonElement Metadata)
{
    public ConversationItems Items { get; } = new();
}
