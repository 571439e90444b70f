using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>Generate images: <c>POST /images/generations</c>. Ends as <see cref="ImageGenerated"/>.</summary>
public sealed record GenerateImage : JobRequest
{
    /// <summary>The model. It has no default, because providers retire models.</summary>
    [Needed]
    public string? Model { get; init; }

    /// <summary>
    /// What the image shows. Up to 32,000 characters; 4,000 for <c>dall-e-3</c>, 1,000 for <c>dall-e-2</c>.
    /// </summary>
    [Needed, StringLength(32000)]
    public string? Prompt { get; init; }

    /// <summary>How many images, 1 to 10; <c>dall-e-3</c> draws 1. Omitted: the API's default, 1.</summary>
    [Range(1, 10)]
    public int? Count { get; init; }

    /// <summary>
    /// <c>auto</c>, <c>low</c>, <c>medium</c>, <c>high</c>; <c>standard</c>, <c>hd</c> for <c>dall-e-3</c>. Omitted:
    /// the API's default.
    /// </summary>
    public string? Quality { get; init; }

    /// <summary>
    /// Width and height in pixels, such as <c>1024x1024</c>, or <c>auto</c>. Omitted: the API's default.
    /// </summary>
    public string? Size { get; init; }

    /// <summary>
    /// <c>vivid</c> or <c>natural</c>. <c>dall-e-3</c> only. Omitted: the API's default, <c>vivid</c>.
    /// </summary>
    [AllowedValues(null, "natural", "vivid")]
    public string? Style { get; init; }

    /// <summary>
    /// True: addresses of the images, which are valid for an hour; GPT image models have none. Omitted: false, the
    /// images themselves.
    /// </summary>
    public bool? RespondWithUrls { get; init; }

    /// <summary>
    /// <c>transparent</c>, <c>opaque</c> or <c>auto</c>. GPT image models only. Omitted: the API's default,
    /// <c>auto</c>.
    /// </summary>
    [AllowedValues(null, "transparent", "opaque", "auto")]
    public string? Background { get; init; }

    /// <summary>
    /// <c>png</c>, <c>jpeg</c>, <c>webp</c>, <c>gif</c> or <c>svg</c>. GPT image models only. Omitted: the API's
    /// default, <c>png</c>.
    /// </summary>
    [AllowedValues(null, "png", "jpeg", "webp", "gif", "svg")]
    public string? OutputFormat { get; init; }

    /// <summary>
    /// 0 to 100 percent of quality; below 100 with <c>jpeg</c> and <c>webp</c> only. GPT image models only. Omitted:
    /// the API's default, 100.
    /// </summary>
    [Range(0, 100)]
    public int? Compression { get; init; }

    /// <summary>
    /// <c>auto</c> or <c>low</c>: how strict the provider's own filter is. GPT image models only. Omitted: the API's
    /// default, <c>auto</c>.
    /// </summary>
    [AllowedValues(null, "low", "auto")]
    public string? Moderation { get; init; }
}

/// <summary>The result of <see cref="GenerateImage"/>.</summary>
public sealed record ImageGenerated : OperationResult
{
    /// <summary>
    /// The images; fewer than requested if some were refused: <see cref="OtherOutput"/> then says why.
    /// </summary>
    public IReadOnlyList<GeneratedImage>? Images { get; init; }

    /// <summary>What the API returned instead of images, unchanged, such as the error of a refused image.</summary>
    public IReadOnlyList<JsonElement>? OtherOutput { get; init; }
}

/// <summary>
/// An image that a model generated: <see cref="File"/>, <see cref="Url"/>, or both if the API returns both.
/// </summary>
public sealed record GeneratedImage
{
    /// <summary>The image itself.</summary>
    public BinaryOutput? File { get; init; }

    /// <summary>Where the provider keeps it, for an hour.</summary>
    public string? Url { get; init; }

    /// <summary>The prompt as the model changed it before it drew.</summary>
    public string? RevisedPrompt { get; init; }
}
