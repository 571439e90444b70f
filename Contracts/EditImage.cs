using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>
/// Edit images, or generate a new one from them: <c>POST /images/edits</c>. Ends as <see cref="ImageEdited"/>.
/// </summary>
public sealed record EditImage : JobRequest
{
    /// <summary>1 to 16 images, each a PNG, WebP or JPEG of up to 50 MiB; <c>dall-e-2</c> takes 1.</summary>
    [Needed, Length(1, 16)]
    public IReadOnlyList<SourceImage>? Images { get; init; }

    /// <summary>
    /// A PNG of up to 4 MiB and the size of the first image, which is edited where the mask is transparent. Omitted:
    /// the whole image may change.
    /// </summary>
    public SourceImage? Mask { get; init; }

    /// <summary>The model. It has no default, because providers retire models.</summary>
    [Needed]
    public string? Model { get; init; }

    /// <summary>What the image shows. Up to 32,000 characters; 1,000 for <c>dall-e-2</c>.</summary>
    [Needed, StringLength(32000)]
    public string? Prompt { get; init; }

    /// <summary>How many images come back, 1 to 10. Omitted: the API's default, 1.</summary>
    [Range(1, 10)]
    public int? Count { get; init; }

    /// <summary><c>auto</c>, <c>low</c>, <c>medium</c>, <c>high</c>. Omitted: the API's default.</summary>
    public string? Quality { get; init; }

    /// <summary>
    /// Width and height in pixels, such as <c>1024x1024</c>, or <c>auto</c>. Omitted: the API's default.
    /// </summary>
    public string? Size { get; init; }

    /// <summary>
    /// <c>high</c> or <c>low</c>: how closely the images are preserved, especially faces. Omitted: the API's default.
    /// </summary>
    [AllowedValues(null, "high", "low")]
    public string? InputFidelity { get; init; }

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
}

/// <summary>The result of <see cref="EditImage"/>.</summary>
public sealed record ImageEdited : OperationResult
{
    /// <summary>The new images, as many as were asked for.</summary>
    public IReadOnlyList<GeneratedImage>? Images { get; init; }

    /// <summary>What the API returned instead of images, unchanged, such as the error of a refused image.</summary>
    public IReadOnlyList<JsonElement>? OtherOutput { get; init; }
}
