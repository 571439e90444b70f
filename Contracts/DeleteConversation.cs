namespace OpenAIWorker.Contracts;

/// <summary>
/// Delete a conversation; its items stay: <c>DELETE /conversations/{id}</c>. Ends as <see cref="ConversationDeleted"/>.
/// </summary>
public sealed record DeleteConversation : JobRequest
{
    /// <summary>The provider's name of the conversation.</summary>
    [Needed]
    public string? ConversationId { get; init; }
}

/// <summary>The result of <see cref="DeleteConversation"/>.</summary>
public sealed record ConversationDeleted : OperationResult
{
    /// <summary>The conversation.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Whether the provider says that it is gone.</summary>
    public bool? Deleted { get; init; }
}
