using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenAIWorker.Json;

/// <summary>JSON that is nested deeper than its readers read.</summary>
static class DeepJson
{
    /// <summary>
    /// The levels of an event. .NET's readers accept 64 unless they are told otherwise, and the envelope of a bus adds
    /// some.
    /// </summary>
    public const int Levels = 60;

    /// <summary>The levels that can be written at all.</summary>
    public const int Most = 1_000;

    /// <summary>
    /// The same JSON, but each object or list beyond some levels is a text, which contains it as JSON.
    /// </summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static byte[] Flattened(ReadOnlySpan<byte> json, int levels = Levels)
    {
        var flat = new ArrayBufferWriter<byte>(json.Length);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var written = 0;
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)
                || reader.CurrentDepth < levels)
                continue;
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var end = (int)reader.BytesConsumed;
            flat.Write(json[written..start]);
            flat.Write("\""u8);
            flat.Write(JsonEncodedText.Encode(json[start..end], JavaScriptEncoder.UnsafeRelaxedJsonEscaping)
                .EncodedUtf8Bytes);
            flat.Write("\""u8);
            written = end;
        }
        flat.Write(json[written..]);
        return flat.WrittenSpan.ToArray();
    }
}
