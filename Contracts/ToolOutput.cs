namespace OpenAIWorker.Contracts;

/// <summary>The answer of a function.</summary>
public sealed record ToolOutput
{
    /// <summary>The <see cref="ToolCall.Id"/> that it answers.</summary>
    public required string ToolCallId { get; init; }

    /// <summary>The answer, such as JSON text.</summary>
    public required string Text { get; init; }
}
