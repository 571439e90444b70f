namespace OpenAIWorker.Contracts;

/// <summary>
/// Change an assistant: what is given goes into the place of what was, what is omitted stays. Ends as
/// <see cref="AssistantUpdated"/>. Exactly one of <see cref="AssistantId"/> and <see cref="AssistantName"/>.
/// </summary>
[ExactlyOne("assistantId", "assistantName")]
public sealed record UpdateAssistant : AssistantRequest
{
    /// <summary>The assistant's id.</summary>
    public string? AssistantId { get; init; }

    /// <summary>The assistant's name, where only one assistant has it.</summary>
    public string? AssistantName { get; init; }

    /// <summary>
    /// True: the functions that the assistant had are taken away, before those of this request are added. Omitted:
    /// false.
    /// </summary>
    public bool? RemoveCustomTools { get; init; }
}

/// <summary>The result of <see cref="UpdateAssistant"/>.</summary>
public sealed record AssistantUpdated : OperationResult
{
    /// <summary>The assistant as it is now.</summary>
    public Assistant? Assistant { get; init; }
}
