using System.Text.RegularExpressions;
using OpenAIWorker.Emulator.Replies;
using OpenAIWorker.Emulator.Shapes;
using static OpenAIWorker.Emulator.Shapes.ShapeWords;

namespace OpenAIWorker.Emulator.Requests;

/// <summary>
/// The DALL·E models accept other parameters than the GPT image models. Any other name counts as a GPT image model.
/// </summary>
static partial class ImageRequest
{
    public const string DefaultModel = "gpt-image-2";

    const long MostBytes = 50 * 1024 * 1024;
    const long MostSquareBytes = 4 * 1024 * 1024;

    static readonly string[] Takes = ["image/jpeg", "image/png", "image/webp"];

    static readonly Shape Size = Text(min: 1, pattern: SizePattern);
    static readonly Shape Whole = Choice("url", "b64_json");

    static readonly Field[] Gpt =
    [
        Required("prompt", Text(min: 1, max: 32_000)),
        Optional("model", CommonFields.Model),
        Optional("quality", Choice("auto", "low", "medium", "high", "xhigh", "max")),
        Optional("size", Size),
        Optional("background", Choice("transparent", "opaque", "auto")),
        Optional("output_format", Choice("png", "jpeg", "webp", "gif", "svg")),
        Optional("user", Text()),
    ];

    static readonly Shape GptGeneration = Record([
        .. Gpt,
        Optional("n", Integer(1, 10)),
        Optional("output_compression", Integer(0, 100)),
        Optional("moderation", Choice("low", "auto")),
        Optional("partial_images", Integer(0, 3)),
        Optional("stream", Flag)])
        .Where(CommonFields.NoStream, TransparentJpeg, CompressedPng);

    static readonly Shape DallE2Generation = Record(
        Required("prompt", Text(min: 1, max: 1_000)),
        Required("model", CommonFields.Model),
        Optional("n", Integer(1, 10)),
        Optional("quality", Choice("standard")),
        Optional("size", Choice("256x256", "512x512", "1024x1024")),
        Optional("response_format", Whole),
        Optional("user", Text()));

    static readonly Shape DallE3Generation = Record(
        Required("prompt", Text(min: 1, max: 4_000)),
        Required("model", CommonFields.Model),
        Optional("n", Integer(1, 1)),
        Optional("quality", Choice("standard", "hd")),
        Optional("size", Choice("1024x1024", "1792x1024", "1024x1792")),
        Optional("style", Choice("vivid", "natural")),
        Optional("response_format", Whole),
        Optional("user", Text()));

    static readonly Shape GptEdit = Record([
        .. Gpt,
        Required("image", OneOf(UploadedFile(MostBytes), ListOf(UploadedFile(MostBytes), min: 1, max: 16))),
        Optional("mask", UploadedFile(MostSquareBytes)),
        Optional("n", Spelled(Integer(1, 10))),
        Optional("output_compression", Spelled(Integer(0, 100))),
        Optional("input_fidelity", Choice("high", "low")),
        Optional("partial_images", Spelled(Integer(0, 3))),
        Optional("stream", Spelled(Flag))])
        .Where(WrongType, MaskIsNoPng, TransparentJpeg, CompressedPng,
            body => body.Is("stream", "true") ? CommonFields.Streams("stream") : null);

    static readonly Shape Reference = Record(Optional("image_url", Text(min: 1, max: 20_971_520)),
        Optional("file_id", Text(min: 1))).Where(OneReference);

    /// <summary>Images that the provider has or fetches.</summary>
    public static readonly Shape JsonEdit = Record([
        .. Gpt,
        Required("images", ListOf(Reference, min: 1, max: 16)),
        Optional("mask", Reference),
        Optional("n", Integer(1, 10)),
        Optional("output_compression", Integer(0, 100)),
        Optional("input_fidelity", Choice("high", "low")),
        Optional("moderation", Choice("low", "auto")),
        Optional("partial_images", Integer(0, 3)),
        Optional("stream", Flag)])
        .Where(CommonFields.NoStream, TransparentJpeg, CompressedPng);

    static readonly Shape DallEEdit = Record(
        Required("prompt", Text(min: 1, max: 1_000)),
        Required("model", CommonFields.Model),
        Required("image", UploadedFile(MostSquareBytes)),
        Optional("mask", UploadedFile(MostSquareBytes)),
        Optional("n", Spelled(Integer(1, 10))),
        Optional("size", Choice("256x256", "512x512", "1024x1024")),
        Optional("response_format", Whole),
        Optional("user", Text()))
        .Where(OnlyDallE2, WrongType, MaskIsNoPng);

    public static readonly Shape Generation = Chosen(body => body switch
    {
        _ when Is(body, "dall-e-2") => DallE2Generation,
        _ when Is(body, "dall-e-3") => DallE3Generation,
        _ => GptGeneration,
    });

    public static readonly Shape Edit = Chosen(body => Is(body, "dall-e-") ? DallEEdit : GptEdit);

    public static Prompt Prompt(JsonElement body)
    {
        var reader = new PromptReader();
        reader.HearUser(body.Member("prompt"));
        return reader.Finish();
    }

    public static bool Is(JsonElement body, string family) =>
        body.Text("model")?.StartsWith(family, StringComparison.Ordinal) == true;

    static Refusal? OneReference(JsonElement image) =>
        (image.Member("image_url") is null) == (image.Member("file_id") is null)
        ? new Refusal("invalid_value", "Exactly one of 'image_url' and 'file_id' must be provided in '{path}'.")
        .At("file_id")
        : null;

    static Refusal? OnlyDallE2(JsonElement body) => Is(body, "dall-e-2")
        ? null
        : new Refusal("invalid_value",
            $"Invalid value: '{body.Text("model")}'. Value must be 'dall-e-2' or a GPT image model.").At("model");

    static Refusal? WrongType(JsonElement body)
    {
        var image = body.GetProperty("image");
        var files = image.ValueKind == JsonValueKind.Array ? image.EnumerateArray() : Enumerable.Repeat(image, 1);
        return files.Select(file => file.Text("content_type"))
            .FirstOrDefault(type => !Takes.Contains(type)) is { } wrong
            ? Unsupported("image", wrong, "'image/jpeg', 'image/png', and 'image/webp'")
            : null;
    }

    static Refusal? MaskIsNoPng(JsonElement body) =>
        body.Member("mask")?.Text("content_type") is { } type && type != "image/png"
        ? Unsupported("mask", type, "'image/png'")
        : null;

    static Refusal Unsupported(string field, string type, string supported) =>
        new Refusal("unsupported_file_mimetype",
            $"Invalid file '{{path}}': unsupported mimetype ('{type}'). Supported file formats are {supported}.")
                .At(field);

    static Refusal? TransparentJpeg(JsonElement body) =>
        body.Is("background", "transparent") && body.Is("output_format", "jpeg")
        ? new Refusal("invalid_value", "Transparent '{path}' is not supported for the output format jpeg.")
        .At("background")
        : null;

    static Refusal? CompressedPng(JsonElement body) =>
        Percent(body) < 100 && (body.Text("output_format") ?? "png") is var format and not ("jpeg" or "webp")
        ? new Refusal("invalid_value", $"'{{path}}' below 100 is not supported for the output format {format}.")
        .At("output_compression")
        : null;

    // A number in JSON, a text in a form.
    static int? Percent(JsonElement body) =>
        body.Whole("output_compression")
            ?? (int.TryParse(body.Text("output_compression"), out var spelled) ? spelled : null);

    [GeneratedRegex("^(auto|[1-9][0-9]{1,3}x[1-9][0-9]{1,3})$")]
    static partial Regex SizePattern { get; }
}
