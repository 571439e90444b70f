using System.Text.Json;
using OpenAIWorker.Payloads;

namespace OpenAIWorker.Operations;

/// <summary>
/// A recording in an answer. The answer does not state its format, which should be the requested one.
/// </summary>
static class MadeSound
{
    const string Usual = "wav";

    // A hundredth of a second of telephone sound, and longer than any id.
    const int LeastSamples = 80;

    /// <param name="item">The part of the answer.</param>
    /// <param name="format">The requested format.</param>
    /// <returns>Null: there is none, or it cannot be read.</returns>
    public static MadeBytes? Of(JsonElement item, string? format) =>
        InlineMedia.BytesOf(item) is { } bytes ? Of(bytes, format ?? Usual) : null;

    /// <summary>
    /// The same for JSON in the place of bytes, in which any text may look like base64: what is no known kind of sound,
    /// and shorter than any, is none.
    /// </summary>
    public static byte[]? InsteadOfBytes(JsonElement answer) => InlineMedia.BytesOf(answer) is { } bytes
        && (SoundKinds.Of(bytes) is not null || bytes.Length >= LeastSamples) ? bytes : null;

    static MadeBytes Of(byte[] bytes, string format)
    {
        var asked = ContentTypes.OfName($"audio.{format}");
        var type = SoundKinds.Of(bytes, asked) ?? asked ?? $"audio/{format}";
        return new(bytes, "audio", type, type == asked ? $".{format}" : ContentTypes.EndingOf(type) ?? $".{format}");
    }
}
