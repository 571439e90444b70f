using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>
/// Create a conversation that later messages continue: <c>POST /conversations</c>. Ends as
/// <see cref="ConversationCreated"/>.
/// </summary>
public sealed record CreateConversation : JobRequest
{
    /// <summary>The messages so far, at most 20; each tool call counts as one. Omitted: nothing.</summary>
    [Length(0, 20)]
    public IReadOnlyList<ModelMessage>? Messages { get; init; }

    /// <summary>
    /// Pairs stored with the conversation at the provider: at most 16, keys up to 64 and values up to 512 characters.
    /// </summary>
    [Length(0, 16), Each(MaximumKeyLength = 64, MaximumLength = 512)]
    public IReadOnlyDictionary<string, string>? StoreMetadata { get; init; }
}

/// <summary>The result of <see cref="CreateConversation"/>.</summary>
public sealed record ConversationCreated : OperationResult
{
    /// <summary>The conversation.</summary>
    public ProviderConversation? Conversation { get; init; }
}
