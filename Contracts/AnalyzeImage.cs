using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>
/// Ask a model about images: <c>POST /responses</c> or <c>POST /chat/completions</c>. Ends as
/// <see cref="ImageAnalyzed"/>.
/// </summary>
public sealed record AnalyzeImage : JobRequest
{
    /// <summary>The model. It has no default, because providers retire models.</summary>
    [Needed]
    public string? Model { get; init; }

    /// <summary>The question.</summary>
    [Needed]
    public string? Text { get; init; }

    /// <summary>One image or more, seen together.</summary>
    [Needed]
    public IReadOnlyList<ImageInput>? Images { get; init; }

    /// <summary>
    /// Detail of images that have no <c>detail</c> of their own: <c>auto</c>, <c>low</c>, <c>high</c> or
    /// <c>original</c> (Responses only). Omitted: <c>auto</c>.
    /// </summary>
    [AllowedValues(null, "auto", "low", "high", "original")]
    public string? Detail { get; init; }

    /// <summary>
    /// Limit of output tokens, including reasoning; 16 or more, with Chat Completions 1 or more. Omitted: 300.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int? MaxTokens { get; init; }

    /// <summary>Which API is called. Omitted: the credential's setting.</summary>
    public ModelApi? Api { get; init; }

    /// <summary>
    /// True: the answer's text as a member of the result. False: the API's unchanged answer in <c>raw</c>. Omitted:
    /// true.
    /// </summary>
    public bool? Simplify { get; init; }
}

/// <summary>The result of <see cref="AnalyzeImage"/>.</summary>
public sealed record ImageAnalyzed : OperationResult
{
    /// <summary>The model's answer.</summary>
    public string? Text { get; init; }

    /// <summary><c>stop</c>, <c>length</c> (cut at the token limit) or <c>content_filter</c>.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The model's explanation, if it refused to answer.</summary>
    public string? Refusal { get; init; }

    /// <summary>
    /// The model's reasoning, if the provider returns it: <c>reasoning_content</c>, <c>reasoning</c> or a part of the
    /// content.
    /// </summary>
    public string? Reasoning { get; init; }

    /// <summary>Summary of the reasoning, if <see cref="JobRequest.Extra"/> asked for one.</summary>
    public string? ReasoningSummary { get; init; }

    /// <summary>Sources that the text cites, as the API gives them.</summary>
    public IReadOnlyList<JsonElement>? Annotations { get; init; }

    /// <summary>
    /// The files that the model made, with tools of <see cref="JobRequest.Extra"/>. A file that could not be fetched is
    /// omitted.
    /// </summary>
    public IReadOnlyList<BinaryOutput>? Files { get; init; }

    /// <summary>
    /// The rest of the answer, as the API returns it: searches, and parts that <see cref="JobRequest.Extra"/> asked
    /// for.
    /// </summary>
    public IReadOnlyList<JsonElement>? OtherOutput { get; init; }
}
