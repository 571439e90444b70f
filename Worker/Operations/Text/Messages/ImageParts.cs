using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Text.Messages;

/// <summary>Images in the APIs' form: a URL, which contains the bytes if the sender gave bytes.</summary>
static class ImageParts
{
    public static void Check(string member, IReadOnlyList<ImageInput>? images, bool throughResponses)
    {
        foreach (var (index, image) in (images ?? []).Index())
        {
            var here = $"{member}[{index}]";
            Never($"{here}.fileId", image.FileId is not null && !throughResponses,
                "this API does not accept file ids. Give url, base64 or payload.");
            Never($"{here}.url", image.Url is not null && !IsImageUrl(image.Url),
                "must be an https address or a data: URL.");
            Detail($"{here}.detail", image.Detail, throughResponses);
        }
    }

    public static void Detail(string member, string? detail, bool throughResponses) =>
        Never(member, detail is "original" && !throughResponses,
            "is original, which this API does not have. Use high, or Responses.");

    public static string? UrlOf(ImageInput image) =>
        image.Base64 is null
            ? image.Url
            : $"data:{ContentTypes.Known(image.ContentType) ?? ImageKinds.OfBase64(image.Base64) ?? "image/png"}"
                + $";base64,{image.Base64}";

    // The provider fetches it, not this worker; http is allowed for providers on a private network.
    public static bool IsImageUrl(string url) =>
        url.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            || Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http";
}
