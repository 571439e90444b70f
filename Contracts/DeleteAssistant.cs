namespace OpenAIWorker.Contracts;

/// <summary>
/// Delete an assistant; its files, vector stores and conversations stay. Ends as <see cref="AssistantDeleted"/>.
/// Exactly one of <see cref="AssistantId"/> and <see cref="AssistantName"/>.
/// </summary>
[ExactlyOne("assistantId", "assistantName")]
public sealed record DeleteAssistant : JobRequest
{
    /// <summary>The assistant's id.</summary>
    public string? AssistantId { get; init; }

    /// <summary>The assistant's name; exactly one assistant must have it.</summary>
    public string? AssistantName { get; init; }
}

/// <summary>The result of <see cref="DeleteAssistant"/>.</summary>
public sealed record AssistantDeleted : OperationResult
{
    /// <summary>The assistant that was deleted.</summary>
    public string? AssistantId { get; init; }

    /// <summary>Whether it is deleted.</summary>
    public bool? Deleted { get; init; }
}
