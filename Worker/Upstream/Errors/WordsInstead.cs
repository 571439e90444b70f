using System.Text.Json;
using System.Text.Unicode;
using OpenAIWorker.Json;

namespace OpenAIWorker.Upstream.Errors;

/// <summary>
/// Text instead of bytes: pages and JSON with the type of a sound, and sound with the type of a text.
/// </summary>
static class WordsInstead
{
    // A character may be cut at the end of the examined part.
    const int LongestCharacter = 4;

    // Shorter ones may be samples.
    const int LeastOfText = 16;

    /// <summary>Whether bytes begin like text, so that all of them must be read to decide.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="saysWords">Whether their type says that they are text.</param>
    public static bool Begin(ReadOnlySpan<byte> head, bool saysWords)
    {
        if (!IsText(head))
            return false;
        return saysWords || head.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[' or (byte)'<', ..];
    }

    /// <summary>Whether the whole body is text.</summary>
    public static bool Are(ReadOnlySpan<byte> body, string? type, bool saysWords) =>
        saysWords ? Utf8.IsValid(body) : IsJson(body)
            || UselessAnswer.IsPage(type, System.Text.Encoding.UTF8.GetString(body[..Math.Min(body.Length, 256)]));

    /// <summary>Whether bytes are a sentence, such as a gateway's, or markup: no sound and no picture is.</summary>
    public static bool IsLongText(ReadOnlySpan<byte> bytes) => bytes.Length >= LeastOfText && IsText(bytes);

    static bool IsJson(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            // Sound samples may begin like JSON.
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether the first bytes of a body are text: UTF-8 without most control characters.</summary>
    public static bool IsText(ReadOnlySpan<byte> head)
    {
        if (head.ContainsAnyInRange((byte)0, (byte)8))
            return false;
        for (var cut = 0; cut < LongestCharacter && cut < head.Length; cut++)
        {
            if (Utf8.IsValid(head[..^cut]))
                return true;
        }
        return head.IsEmpty;
    }
}
