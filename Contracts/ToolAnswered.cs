using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>
/// The answer of a function to a <see cref="CallTool"/>. Exactly one of <see cref="Text"/>, <see cref="Json"/> and
/// <see cref="Error"/>.
/// </summary>
[ExactlyOne("text", "json", "error")]
public sealed record ToolAnswered
{
    /// <summary>The call's <see cref="CallTool.CallId"/>. Omitted: the message's <c>correlation_id</c>.</summary>
    public string? CallId { get; init; }

    /// <summary>The answer in words. Up to 65,536 characters reach the model.</summary>
    public string? Text { get; init; }

    /// <summary>The answer as JSON.</summary>
    public JsonElement? Json { get; init; }

    /// <summary>Why there is no answer. The model receives it and continues.</summary>
    public string? Error { get; init; }
}
