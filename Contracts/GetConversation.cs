namespace OpenAIWorker.Contracts;

/// <summary>
/// Read a conversation's record: <c>GET /conversations/{id}</c>. Ends as <see cref="ConversationRetrieved"/>.
/// </summary>
public sealed record GetConversation : JobRequest
{
    /// <summary>The provider's name of the conversation.</summary>
    [Needed]
    public string? ConversationId { get; init; }
}

/// <summary>The result of <see cref="GetConversation"/>.</summary>
public sealed record ConversationRetrieved : OperationResult
{
    /// <summary>The conversation.</summary>
    public ProviderConversation? Conversation { get; init; }
}
