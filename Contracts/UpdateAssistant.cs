namespace OpenAIWorker.Contracts;

/// <summary>
/// Change an assistant: a member that is set replaces the old value, an omitted one keeps it. Ends as
/// <see cref="AssistantUpdated"/>. Exactly one of <see cref="AssistantId"/> and <see cref="AssistantName"/>.
/// </summary>
[ExactlyOne("assistantId", "assistantName")]
public sealed record UpdateAssistant : AssistantRequest
{
    /// <summary>The assistant's id.</summary>
    public string? AssistantId { get; init; }

    /// <summary>The assistant's name; exactly one assistant must have it.</summary>
    public string? AssistantName { get; init; }

    /// <summary>
    /// True: the assistant's functions are removed before those of this request are added. Omitted: false.
    /// </summary>
    public bool? RemoveCustomTools { get; init; }
}

/// <summary>The result of <see cref="UpdateAssistant"/>.</summary>
public sealed record AssistantUpdated : OperationResult
{
    /// <summary>The changed assistant.</summary>
    public Assistant? Assistant { get; init; }
}
