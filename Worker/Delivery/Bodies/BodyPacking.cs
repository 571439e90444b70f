using System.IO.Compression;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Delivery.Bodies;

/// <summary>
/// Decompresses bodies: gzip and zlib by their first bytes, which never begin JSON; brotli and raw deflate by the
/// message's content_encoding. Some clients write utf-8 there, which is no compression.
/// </summary>
static class BodyPacking
{
    /// <summary>RabbitMQ's default limit of a message: a small body could decompress to any size.</summary>
    public const int Most = 16 * 1024 * 1024;

    static readonly string[] Known = ["gzip", "x-gzip", "deflate", "br"];
    static readonly string[] Plain = ["utf-8", "utf8", "us-ascii", "ascii", "identity", "binary", "8bit"];

    /// <exception cref="FailureException">The body is damaged, or decompresses to too much.</exception>
    public static byte[] Unpacked(byte[] body, string? encoding)
    {
        if (Unpacker(body, encoding) is not { } unpacker)
            return body;
        try
        {
            using var unpacked = unpacker(new MemoryStream(body));
            return BoundedRead.All(unpacked, Most)?.ToArray()
                ?? throw new FailureException(new(FailureKind.Permanent, FailureCodes.RequestTooLarge,
                    $"The body decompresses to more than {Most} bytes. Put large content into the payload store, and "
                        + "name it in the job.", Remedy.Sender));
        }
        catch (Exception broken) when (broken is InvalidDataException or InvalidOperationException or IOException)
        {
            throw new FailureException(
                PlainBody.Unreadable($"The body is compressed, but cannot be decompressed: {broken.Message}"), broken);
        }
    }

    /// <summary>A hint for a body that is not JSON, and may be compressed in an unknown way.</summary>
    public static string Hint(string? encoding) =>
        string.IsNullOrEmpty(encoding) || Is(encoding, Plain) || Is(encoding, Known)
        ? "" : $" Its content_encoding is {ShownValue.Of(encoding)}; allowed: gzip, deflate and br.";

    static Func<Stream, Stream>? Unpacker(byte[] body, string? encoding) => body switch
    {
        [0x1F, 0x8B, ..] => packed => new GZipStream(packed, CompressionMode.Decompress),
        // In zlib, the first two bytes together are a multiple of 31.
        [0x78, var flags, ..] when (0x78 * 256 + flags) % 31 == 0 => packed =>
            new ZLibStream(packed, CompressionMode.Decompress),
        _ when BodyFault.Of(body) is null => null,
        _ when Is(encoding, ["br"]) => packed => new BrotliStream(packed, CompressionMode.Decompress),
        _ when Is(encoding, ["deflate"]) => packed => new DeflateStream(packed, CompressionMode.Decompress),
        _ => null,
    };

    static bool Is(string? encoding, string[] names) =>
        names.Contains(encoding?.Trim(), StringComparer.OrdinalIgnoreCase);
}
