using System.ClientModel;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Image;

/// <summary>An image that a model drew: elsewhere, or in hand.</summary>
sealed record DrawnImage(GeneratedImage Image, InHand? File);

/// <summary>What a model drew.</summary>
/// <param name="Images">The images.</param>
/// <param name="Other">What came in the place of others, as it is.</param>
/// <param name="Usage">What it used.</param>
/// <param name="RequestId">The provider's id of the request.</param>
sealed record ImageAnswer(IReadOnlyList<DrawnImage> Images, IReadOnlyList<JsonElement>? Other, Usage Usage, string? RequestId);

/// <summary>Calls for images, and keeps them once the call is over.</summary>
sealed class ImageCall(OpenAICalls calls, ClaimChecks payloads)
{
    const string UsualType = "image/png";

    public async Task<ImageAnswer> Draw(string path, BinaryContent body, string? format, CancellationToken cancellation)
    {
        await using var answer = await calls.Open("POST", path, body, cancellation);
        using var json = await answer.Json(cancellation);
        var (images, others) = (new List<DrawnImage>(), new List<JsonElement>());
        foreach (var item in json.RootElement.Items("data"))
        {
            if (Read(item, $"image-{images.Count + 1}", json.RootElement.Text("output_format") ?? format) is { } image)
                images.Add(image);
            else
                others.Add(Shown(item));
        }
        return images.Count > 0
            ? new(images, others.Count > 0 ? others : null, (json.RootElement.Usage() ?? new()) with { Images = images.Count }, answer.RequestId)
            : throw Without(answer, json.RootElement);
    }

    /// <summary>The images as a result tells of them.</summary>
    public async Task<IReadOnlyList<GeneratedImage>> Keep(ImageAnswer drawn, bool isLast, CancellationToken cancellation)
    {
        var kept = new List<GeneratedImage>();
        foreach (var (image, file) in drawn.Images)
            kept.Add(file is null ? image : image with { File = await payloads.Keep(file, isLast, cancellation) });
        return kept;
    }

    // Null: it is none. The others were paid for all the same.
    static DrawnImage? Read(JsonElement item, string name, string? format)
    {
        var image = new GeneratedImage { Url = item.Text("url") is { Length: > 0 } url ? url : null, RevisedPrompt = item.Text("revised_prompt") };
        if (item.Member("b64_json") is { ValueKind: JsonValueKind.String } base64 && BytesOf(base64) is { } bytes)
        {
            var type = TypeOf(bytes, format);
            return new(image, InHand.Of(bytes, type, name + (format?.All(char.IsAsciiLetterOrDigit) == true && ContentTypes.OfName($".{format}") == type ? $".{format}" : ContentTypes.EndingOf(type))));
        }
        return image.Url is null ? null : new(image, null);
    }

    // The bytes know better than the answer, whose words must not become part of a path.
    static string TypeOf(byte[] bytes, string? format) =>
        (ImageKinds.Of(bytes) ?? ContentTypes.OfName($".{format}")) is { } type && type.StartsWith("image/", StringComparison.Ordinal) ? type : UsualType;

    // Nearly all are sound, and large.
    static byte[]? BytesOf(JsonElement base64) => base64.TryGetBytesFromBase64(out var sound) ? sound is { Length: > 0 } ? sound : null : LenientBase64.Bytes(base64.GetString()!);

    // The document that it is from is closed.
    static JsonElement Shown(JsonElement item) => ErrorReading.Kept(item.Clone());

    static FailureException Without(StreamedResponse answer, JsonElement body)
    {
        var items = body.Items("data").ToList();
        if (items.Find(item => item.Member("error") is { ValueKind: JsonValueKind.Object }) is { ValueKind: JsonValueKind.Object } refused)
            return new(FailureClassifier.OfInner(answer.Status, ErrorReading.Of(refused.Clone()), answer.Headers).OnceIf(body.IsBilled()) with { RequestId = answer.RequestId });
        var what = items.Count == 0 ? "no images" : items.Exists(item => item.Member("b64_json") is not null) ? "an image that is no base64" : "an image that is neither there nor elsewhere";
        return new(Failure.Broken(answer.Status, answer.RequestId, what).OnceIf(body.IsBilled()) with { Error = new() { Body = Shown(body) } });
    }
}
