using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream.Bodies;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Image;

/// <summary>The images to edit, and their mask, open until the call is over.</summary>
sealed class SourceImages(ClaimChecks payloads) : IAsyncDisposable
{
    const long MostBytes = 50 * 1024 * 1024;
    const long MostMaskBytes = 4 * 1024 * 1024;
    // An address may have 20,971,520 characters, and base64 needs four for three bytes.
    const long MostAddressedBytes = 15 * 1024 * 1024;
    const string Png = "image/png";

    readonly List<Payload> images = [];
    Payload? mask;

    /// <summary>Whether the provider has the image, or fetches it.</summary>
    public static bool IsAtProvider(SourceImage image) => image.FileId is not null || image.ImageUrl is not null;

    public static bool AreAtProvider(EditImage request) =>
        request.Images!.Append(request.Mask).OfType<SourceImage>().Any(IsAtProvider);

    public async Task Open(EditImage request, CancellationToken cancellation)
    {
        if (AreAtProvider(request))
            return;
        foreach (var (index, image) in request.Images!.Index())
            images.Add(await payloads.Open($"images[{index}]", BytesOf(image), MostBytes, cancellation));
        if (request.Mask is null)
            return;
        mask = await payloads.Open("mask", BytesOf(request.Mask), MostMaskBytes, cancellation);
        Never("mask", mask.ContentType is not (Png or ContentTypes.Unknown),
            $"is of type {mask.ContentType}; allowed: {Png}.");
    }

    /// <summary>
    /// Images in the form of JSON: by file, or by an address, which contains the bytes if the worker has them.
    /// </summary>
    public async Task<IReadOnlyList<JsonBody>> References(IReadOnlyList<SourceImage> sources,
        CancellationToken cancellation)
    {
        var references = new List<JsonBody>();
        foreach (var (index, image) in sources.Index())
            references.Add(new() { { "file_id", image.FileId },
                { "image_url", image.FileId is null
                    ? await Address($"images[{index}]", image, cancellation)
                    : null } });
        return references;
    }

    async Task<string> Address(string member, SourceImage image, CancellationToken cancellation)
    {
        if (image.ImageUrl is { } there)
            return there;
        await using var payload = await payloads.Open(member, BytesOf(image), MostAddressedBytes, cancellation);
        return await payload.ToDataUrl(cancellation);
    }

    static BinaryInput BytesOf(SourceImage image) =>
        new()
        {
            Url = image.Url,
            Base64 = image.Base64,
            Payload = image.Payload,
            FileName = image.FileName,
            ContentType = image.ContentType
        };

    public void AddTo(MultipartBody body)
    {
        // As OpenAI's own clients do: dall-e-2 accepts one image, not a list.
        var name = images.Count == 1 ? "image" : "image[]";
        foreach (var image in images)
            body.Add(name, image.Content, image.FileName, image.ContentType, image.Length);
        if (mask is not null)
            body.Add("mask", mask.Content, mask.FileName, Png, mask.Length);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var image in images)
            await image.DisposeAsync();
        if (mask is not null)
            await mask.DisposeAsync();
    }
}
