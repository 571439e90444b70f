using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>
/// Replace the metadata of a conversation: <c>POST /conversations/{id}</c>. Ends as <see cref="ConversationUpdated"/>.
/// </summary>
public sealed record UpdateConversation : JobRequest
{
    /// <summary>The provider's name of the conversation.</summary>
    [Needed]
    public string? ConversationId { get; init; }

    /// <summary>
    /// The new pairs, which replace the old ones: at most 16, keys up to 64 and values up to 512 characters.
    /// </summary>
    [Needed, Length(0, 16), Each(MaximumKeyLength = 64, MaximumLength = 512)]
    public IReadOnlyDictionary<string, string>? StoreMetadata { get; init; }
}

/// <summary>The result of <see cref="UpdateConversation"/>.</summary>
public sealed record ConversationUpdated : OperationResult
{
    /// <summary>The conversation.</summary>
    public ProviderConversation? Conversation { get; init; }
}
