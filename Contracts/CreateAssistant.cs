namespace OpenAIWorker.Contracts;

/// <summary>
/// Create an assistant: a model with instructions and tools, stored under an id. Ends as
/// <see cref="AssistantCreated"/>.
/// </summary>
[ExactlyOne("model")]
public sealed record CreateAssistant : AssistantRequest
{
    /// <summary>
    /// True: if an assistant has the same name, the job fails with <c>conflict</c> and creates none. Needs a name.
    /// Omitted: false.
    /// </summary>
    public bool? FailIfExists { get; init; }
}

/// <summary>The result of <see cref="CreateAssistant"/>.</summary>
public sealed record AssistantCreated : OperationResult
{
    /// <summary>The assistant.</summary>
    public Assistant? Assistant { get; init; }
}
