using System.Text.Json;
using OpenAIWorker.Payloads;

namespace OpenAIWorker.Operations;

/// <summary>
/// A recording out of an answer. Nothing around it says which format it is in, but it should be the one that was asked
/// for.
/// </summary>
static class MadeSound
{
    const string Usual = "wav";

    /// <param name="item">Where it is in the answer.</param>
    /// <param name="format">The format that was asked for.</param>
    /// <returns>Null: there is none, or none that can be read.</returns>
    public static MadeBytes? Of(JsonElement item, string? format) =>
        InlineMedia.BytesOf(item) is { } bytes ? Of(bytes, format ?? Usual) : null;

    static MadeBytes Of(byte[] bytes, string format)
    {
        var asked = ContentTypes.OfName($"audio.{format}");
        var type = SoundKinds.Of(bytes, asked) ?? asked ?? $"audio/{format}";
        return new(bytes, "audio", type, type == asked ? $".{format}" : ContentTypes.EndingOf(type) ?? $".{format}");
    }
}
