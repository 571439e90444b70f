using System.Text;

namespace OpenAIWorker.Delivery.Bodies;

/// <summary>
/// A body in UTF-8, without the byte order mark that some programs write and JSON readers refuse. UTF-16 and UTF-32 are
/// recognised by their marks, or by the zeros around the first character, which is ASCII in JSON.
/// </summary>
static class BodyText
{
    // The byte order mark of UTF-32 begins with that of UTF-16.
    static readonly Encoding[] Others =
    [
        new UTF32Encoding(bigEndian: false, true, throwOnInvalidCharacters: true),
        new UTF32Encoding(bigEndian: true, true, throwOnInvalidCharacters: true),
        new UnicodeEncoding(bigEndian: false, true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, true, throwOnInvalidBytes: true),
    ];

    public static byte[] Of(byte[] body)
    {
        if (Array.Find(Others, other => body.AsSpan().StartsWith(other.Preamble)) is { } marked)
            return Translated(body.AsSpan(marked.Preamble.Length), marked);
        if (Unmarked(body) is { } encoding)
            return Translated(body, encoding);
        var text = BodyFault.WithoutMark(body);
        return text.Length == body.Length ? body : text.ToArray();
    }

    static Encoding? Unmarked(byte[] body) => body switch
    {
        [(byte)'{', 0, 0, 0, ..] => Others[0],
        [0, 0, 0, (byte)'{', ..] => Others[1],
        [(byte)'{', 0, ..] => Others[2],
        [0, (byte)'{', ..] => Others[3],
        _ => null,
    };

    // BodyFault reports incomplete characters.
    static byte[] Translated(ReadOnlySpan<byte> text, Encoding encoding)
    {
        try
        {
            return Encoding.UTF8.GetBytes(encoding.GetString(text));
        }
        catch (DecoderFallbackException)
        {
            return text.ToArray();
        }
    }
}
