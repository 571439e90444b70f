using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>One of several completions.</summary>
public sealed record Completion
{
    /// <summary>Its place, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The text.</summary>
    public string? Text { get; init; }

    /// <summary>The parsed text, if JSON was asked for.</summary>
    public JsonElement? Json { get; init; }

    /// <summary>As in <see cref="ModelMessaged.FinishReason"/>.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The model's explanation, if it refused to answer.</summary>
    public string? Refusal { get; init; }

    /// <summary>As in <see cref="ModelMessaged.Reasoning"/>.</summary>
    public string? Reasoning { get; init; }

    /// <summary>The functions that the model asks to call.</summary>
    public IReadOnlyList<ToolCall>? ToolCalls { get; init; }
}
