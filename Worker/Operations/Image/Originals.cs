using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream;
using static OpenAIWorker.Operations.RequestCheck;

namespace OpenAIWorker.Operations.Image;

/// <summary>The images that are to be changed, and their mask, open until the call is over.</summary>
sealed class Originals(ClaimChecks payloads) : IAsyncDisposable
{
    const long MostBytes = 50 * 1024 * 1024;
    const long MostMaskBytes = 4 * 1024 * 1024;
    const string Png = "image/png";

    readonly List<Payload> images = [];
    Payload? mask;

    public async Task Open(EditImage request, CancellationToken cancellation)
    {
        foreach (var (index, image) in request.Images!.Index())
            images.Add(await payloads.Open($"images[{index}]", image, MostBytes, cancellation));
        if (request.Mask is null)
            return;
        mask = await payloads.Open("mask", request.Mask, MostMaskBytes, cancellation);
        Never("mask", mask.ContentType is not (Png or ContentTypes.Unknown), $"is of type {mask.ContentType}, allowed is {Png}.");
    }

    public void AddTo(MultipartBody body)
    {
        // As OpenAI's own clients do: dall-e-2 knows one image and no list.
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
