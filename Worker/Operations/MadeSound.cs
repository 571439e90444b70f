using System.Text.Json;
using OpenAIWorker.Payloads;

namespace OpenAIWorker.Operations;

/// <summary>
/// A recording in an answer. The answer does not state its format, which should be the requested one.
/// </summary>
static class MadeSound
{
    const string Usual = "wav";

    /// <param name="item">The part of the answer.</param>
    /// <param name="format">The requested format.</param>
    /// <returns>Null: there is none, or it cannot be read.</returns>
    public static MadeBytes? Of(JsonElement item, string? format) =>
        InlineMedia.BytesOf(item) is { } bytes ? Of(bytes, format ?? Usual) : null;

    static MadeBytes Of(byte[] bytes, string format)
    {
        var asked = ContentTypes.OfName($"audio.{format}");
        var type = SoundKinds.Of(bytes, asked) ?? asked ?? $"audio/{format}";
        return new(bytes, "audio", type, type == asked ? $".{format}" : ContentTypes.EndingOf(type) ?? $".{format}");
    }
}
