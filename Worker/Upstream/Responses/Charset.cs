using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Unicode;
using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>
/// Makes text of bodies that should be text. Servers often name a charset that they do not use, and gateways compress
/// without saying so.
/// </summary>
static class Charset
{
    /// <summary>
    /// The body in UTF-8. A body that is valid UTF-8 stays unchanged, whatever its content type says. One that gzip has
    /// made is decompressed: no text begins like this.
    /// </summary>
    public static ReadOnlyMemory<byte> AsUtf8(ReadOnlyMemory<byte> body, string? contentType)
    {
        body = Unpacked(body);
        var encoding = OfBytes(body.Span) ?? (Utf8.IsValid(body.Span) ? null : Named(contentType));
        return encoding is null ? body : Encoding.Convert(encoding, Encoding.UTF8, body.ToArray());
    }

    static ReadOnlyMemory<byte> Unpacked(ReadOnlyMemory<byte> body)
    {
        if (body.Span is not [0x1F, 0x8B, 8, ..])
            return body;
        try
        {
            using var unpacked = new GZipStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress);
            return BoundedRead.All(unpacked, AnswerBody.MostInMemory) ?? body;
        }
        catch (InvalidDataException)
        {
            return body;
        }
    }

    // The first character of JSON and of texts is nearly always ASCII, so that half of its bytes, or three of four, are
    // zero: https://www.rfc-editor.org/rfc/rfc4627#section-3
    static Encoding? OfBytes(ReadOnlySpan<byte> body) => body switch
    {
        [0, 0, 0xFE, 0xFF, ..] or [0, 0, 0, not 0, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        [0xFF, 0xFE, 0, 0, ..] or [not 0, 0, 0, 0, ..] => Encoding.UTF32,
        [0xFE, 0xFF, ..] or [0, not 0, 0, not 0, ..] => Encoding.BigEndianUnicode,
        [0xFF, 0xFE, ..] or [not 0, 0, not 0, 0, ..] => Encoding.Unicode,
        _ => null,
    };

    static Encoding? Named(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)
            || type.CharSet?.Trim('"', ' ') is not { Length: > 0 } name)
            return null;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
