namespace OpenAIWorker.Contracts;

/// <summary>A conversation as the provider keeps it.</summary>
public sealed record ProviderConversation
{
    /// <summary>The provider's name of it, to be used as <c>conversationId</c>.</summary>
    public string Id { get; init; } = "";

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The pairs kept with it.</summary>
    public IReadOnlyDictionary<string, string>? StoreMetadata { get; init; }
}
