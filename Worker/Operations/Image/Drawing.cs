using System.ClientModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Image;

/// <summary>An image that a model drew: elsewhere, or in hand.</summary>
sealed record DrawnImage(GeneratedImage Image, InHand? File);

/// <summary>What a model drew.</summary>
sealed record Drawn(IReadOnlyList<DrawnImage> Images, Usage Usage, string? RequestId);

/// <summary>Calls for images, and keeps them once the call is over.</summary>
sealed class Drawing(OpenAICalls calls, ClaimChecks payloads)
{
    const string UsualFormat = "png";

    public async Task<Drawn> Draw(string path, BinaryContent body, string? format, CancellationToken cancellation)
    {
        await using var answer = await calls.Open("POST", path, body, cancellation);
        using var json = await answer.Json(cancellation);
        var images = new List<DrawnImage>();
        foreach (var item in json.RootElement.Items("data"))
        {
            var name = $"image-{images.Count + 1}.{json.RootElement.Text("output_format") ?? format ?? UsualFormat}";
            images.Add(Read(answer, item, name));
        }
        return images.Count > 0
            ? new(images, (json.RootElement.Usage() ?? new()) with { Images = images.Count }, answer.RequestId)
            : throw answer.Broken("no images");
    }

    /// <summary>The images as a result tells of them.</summary>
    public async Task<IReadOnlyList<GeneratedImage>> Keep(Drawn drawn, bool isLast, CancellationToken cancellation)
    {
        var kept = new List<GeneratedImage>();
        foreach (var (image, file) in drawn.Images)
            kept.Add(file is null ? image : image with { File = await payloads.Keep(file, isLast, cancellation) });
        return kept;
    }

    static DrawnImage Read(Download answer, JsonElement item, string name)
    {
        var image = new GeneratedImage { Url = item.Text("url"), RevisedPrompt = item.Text("revised_prompt") };
        if (item.Member("b64_json") is not { } base64)
            return image.Url is not null ? new(image, null) : throw answer.Broken("an image that is neither there nor elsewhere");
        if (base64.ValueKind != JsonValueKind.String || !base64.TryGetBytesFromBase64(out var bytes) && !IsAddress(base64, out bytes))
            throw answer.Broken("an image that is no base64");
        return new(image, InHand.Of(bytes, ContentTypes.OfName(name) ?? ContentTypes.Unknown, name));
    }

    // data:image/png;base64,…
    static bool IsAddress(JsonElement text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        var address = text.GetString()!;
        if (!address.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return false;
        var buffer = new byte[address.Length];
        if (!Convert.TryFromBase64String(address[(address.IndexOf(',') + 1)..], buffer, out var length))
            return false;
        bytes = buffer[..length];
        return true;
    }
}
