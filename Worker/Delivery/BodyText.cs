using System.Text;

namespace OpenAIWorker.Delivery;

/// <summary>A body in UTF-8, without the byte order mark that editors and some programs write, and readers of JSON refuse.</summary>
static class BodyText
{
    static readonly Encoding[] Others = [new UnicodeEncoding(bigEndian: false, true, throwOnInvalidBytes: true), new UnicodeEncoding(bigEndian: true, true, throwOnInvalidBytes: true)];

    public static byte[] Of(byte[] body)
    {
        if (Array.Find(Others, other => body.AsSpan().StartsWith(other.Preamble)) is { } encoding)
            return Translated(body.AsSpan(encoding.Preamble.Length), encoding);
        var text = BodyFault.WithoutMark(body);
        return text.Length == body.Length ? body : text.ToArray();
    }

    // Half a character is for BodyFault to tell.
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
