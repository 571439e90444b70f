using System.ClientModel;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text;
using OpenAIWorker.Operations.Text.Chat;
using OpenAIWorker.Payloads;
using OpenAIWorker.Payloads.Streams;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Image;

/// <summary>An image that a model generated: at an address, or in memory.</summary>
sealed record DrawnImage(GeneratedImage Image, InHand? File);

/// <summary>An answer with images.</summary>
/// <param name="Images">The images.</param>
/// <param name="Other">Items without an image, unchanged.</param>
/// <param name="Usage">The usage.</param>
/// <param name="RequestId">The provider's id of the request.</param>
sealed record ImageAnswer(
    IReadOnlyList<DrawnImage> Images, IReadOnlyList<JsonElement>? Other, Usage Usage, string? RequestId);

/// <summary>Calls for images, and stores them after the call.</summary>
sealed class ImageCall(OpenAICalls calls, ClaimChecks payloads)
{
    public async Task<ImageAnswer> Draw(string path, BinaryContent request, string? format,
        CancellationToken cancellation)
    {
        await using var answer = await calls.Open("POST", path, request, cancellation);
        // Some servers send only the image's bytes, under any type.
        if (answer.MediaType?.StartsWith("image/", StringComparison.Ordinal) == true)
            return await Alone(answer, format, cancellation);
        var body = await answer.Whole(cancellation, endsWithJson: true);
        if (ImageKinds.Of(body.Span) is not null)
            return Alone(answer, body.ToArray(), format);
        using var json = answer.Json(body);
        var (images, others) = (new List<DrawnImage>(), new List<JsonElement>());
        foreach (var item in ItemsOf(json.RootElement))
        {
            if (Read(item, $"image-{images.Count + 1}", json.RootElement.Text("output_format") ?? format) is { } image)
                images.Add(image);
            else
                others.Add(Shown(item));
        }
        return images.Count > 0
            ? new(images, others.Count > 0 ? others : null,
                (json.RootElement.Usage() ?? new()) with { Images = images.Count }, answer.RequestId)
            : throw Without(answer, json.RootElement);
    }

    static async Task<ImageAnswer> Alone(StreamedResponse answer, string? format, CancellationToken cancellation)
    {
        var bytes = (await InHand.Take(await answer.Bytes(cancellation, BytesOf), ContentTypes.Unknown, "image-1",
            cancellation)).Read();
        var whole = new byte[bytes.Length];
        await bytes.ReadExactlyAsync(whole, cancellation);
        return whole.Length == 0 ? throw answer.Broken("an empty body") : Alone(answer, whole, format);
    }

    static ImageAnswer Alone(StreamedResponse answer, byte[] bytes, string? format)
    {
        var image = MadeImage.Of(bytes, answer.MediaType, format);
        return new([new(new(), InHand.Of(image.Bytes, image.ContentType, $"image-1{image.Ending}"))], null,
            new() { Images = 1 }, answer.RequestId);
    }

    // An answer of one image as JSON, although its type is an image's.
    static byte[]? BytesOf(JsonElement body) =>
        ItemsOf(body).ToList() is [var only] ? MadeImage.Of(only)?.Bytes : null;

    // Most have a list of objects, some a list of texts or a single one; chat models return images in their message.
    static IEnumerable<JsonElement> ItemsOf(JsonElement body) =>
        (body.Member("data") ?? body.Member("images") ?? body.Member("image")) switch
        {
            { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
            { } one => [one],
            null => ChatContent.ChoicesOf(body).SelectMany(choice => ChatContent.MessageOf(choice).Items("images")),
        };

    /// <summary>The images in the form of a result.</summary>
    public async Task<IReadOnlyList<GeneratedImage>> Keep(ImageAnswer drawn, bool isLast,
        CancellationToken cancellation)
    {
        var kept = new List<GeneratedImage>();
        foreach (var (image, file) in drawn.Images)
            kept.Add(file is null ? image : image with { File = await payloads.Keep(file, isLast, cancellation) });
        return kept;
    }

    // Null: it is not an image. The others were paid for nevertheless.
    static DrawnImage? Read(JsonElement item, string name, string? format)
    {
        var image = new GeneratedImage { Url = InlineMedia.UrlOf(item), RevisedPrompt = item.Text("revised_prompt") };
        if (MadeImage.Of(item, format) is { } made)
            return new(image, InHand.Of(made.Bytes, made.ContentType, name + made.Ending));
        return image.Url is null ? null : new(image, null);
    }

    // Copied, because the document is disposed.
    static JsonElement Shown(JsonElement item) => ErrorReading.Kept(item.Clone());

    static FailureException Without(StreamedResponse answer, JsonElement body)
    {
        var items = ItemsOf(body).ToList();
        // Images are generated before they are sent: those that arrived are paid for, even if the answer has no usage.
        var isPaid = items.Count > 0 || body.IsBilled();
        if (items.Find(item =>
            item.Member("error") is { ValueKind: JsonValueKind.Object }) is { ValueKind: JsonValueKind.Object } refused)
            return new(FailureClassifier.OfInner(answer.Status, ErrorReading.Of(refused.Clone()), answer.Headers)
                .OnceIf(body.IsBilled()) with
            { RequestId = answer.RequestId });
        var what = items.Count == 0 ? "no images"
            : items.Exists(InlineMedia.Has) ? "an image that is not base64"
            : "an item without an image or an address";
        return new(Failure.Broken(answer.Status, answer.RequestId, what).OrTold(body)
            .OnceIf(isPaid) with
        { Error = new() { Body = Shown(body) } });
    }
}
