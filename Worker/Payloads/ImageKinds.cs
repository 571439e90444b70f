using System.Text;

namespace OpenAIWorker.Payloads;

/// <summary>The type of an image by its first bytes, for senders that do not state it.</summary>
static class ImageKinds
{
    const int Looked = 16;

    public static string? Of(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] =>
            "image/webp",
        [(byte)'B', (byte)'M', ..] => "image/bmp",
        _ =>
            Encoding.ASCII.GetString(bytes[..Math.Min(bytes.Length, Looked)]).TrimStart()
                .StartsWith("<svg", StringComparison.Ordinal) ? "image/svg+xml" : null,
    };

    public static string? OfBase64(string base64)
    {
        const int characters = Looked / 3 * 4 + 4;
        var bytes = new byte[characters];
        var head = base64.AsSpan(0, Math.Min(base64.Length, characters) / 4 * 4);
        return Convert.TryFromBase64Chars(head, bytes, out var length) ? Of(bytes.AsSpan(0, length)) : null;
    }
}
