using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>
/// Ask a model about images: <c>POST /responses</c> or <c>POST /chat/completions</c>. Ends as
/// <see cref="ImageAnalyzed"/>.
/// </summary>
public sealed record AnalyzeImage : JobRequest
{
    /// <summary>The model. There is no default: models retire.</summary>
    [Needed]
    public string? Model { get; init; }

    /// <summary>The question.</summary>
    [Needed]
    public string? Text { get; init; }

    /// <summary>One image or more, seen together.</summary>
    [Needed]
    public IReadOnlyList<ImageInput>? Images { get; init; }

    /// <summary>
    /// How closely the model looks at images that do not say: <c>auto</c>, <c>low</c>, <c>high</c> or <c>original</c>
    /// (Responses only). Omitted: <c>auto</c>.
    /// </summary>
    [AllowedValues(null, "auto", "low", "high", "original")]
    public string? Detail { get; init; }

    /// <summary>
    /// Bound of output tokens, reasoning included; 16 or more, with Chat Completions 1 or more. Omitted: 300.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int? MaxTokens { get; init; }

    /// <summary>Which API is called. Omitted: the credential's setting.</summary>
    public ModelApi? Api { get; init; }

    /// <summary>
    /// True: the answer's text as a member of the result. False: the API's answer as it is, in <c>raw</c>. Omitted:
    /// true.
    /// </summary>
    public bool? Simplify { get; init; }
}

/// <summary>The result of <see cref="AnalyzeImage"/>.</summary>
public sealed record ImageAnalyzed : OperationResult
{
    /// <summary>What the model says of the images.</summary>
    public string? Text { get; init; }

    /// <summary><c>stop</c>, <c>length</c> (cut at the token limit) or <c>content_filter</c>.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The model's words where it refused to answer.</summary>
    public string? Refusal { get; init; }

    /// <summary>
    /// What the model thought before it answered, where the provider tells: <c>reasoning_content</c>, <c>reasoning</c>
    /// or a part of the content.
    /// </summary>
    public string? Reasoning { get; init; }

    /// <summary>Summary of the reasoning, where <see cref="JobRequest.Extra"/> asked for one.</summary>
    public string? ReasoningSummary { get; init; }

    /// <summary>Sources that the text cites, as the API gives them.</summary>
    public IReadOnlyList<JsonElement>? Annotations { get; init; }

    /// <summary>
    /// The files that the model made, with tools of <see cref="JobRequest.Extra"/>. One that could not be had is
    /// missing.
    /// </summary>
    public IReadOnlyList<BinaryOutput>? Files { get; init; }

    /// <summary>
    /// Everything else in the answer, as the API gives it: searches, and whatever <see cref="JobRequest.Extra"/> asked
    /// for.
    /// </summary>
    public IReadOnlyList<JsonElement>? OtherOutput { get; init; }
}
