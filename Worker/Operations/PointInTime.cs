using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenAIWorker.Operations;

/// <summary>A time with its offset. Without one, .NET would use the worker's local time zone.</summary>
sealed class PointInTime : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert,
        JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? null
        : reader.TokenType == JsonTokenType.String && HasOffset(reader.GetString()!)
        && reader.TryGetDateTimeOffset(out var time) ? time
        : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } time)
            writer.WriteStringValue(time);
        else
            writer.WriteNullValue();
    }

    static bool HasOffset(string text) => text.IndexOf('T', StringComparison.OrdinalIgnoreCase) is > 0 and var clock
        && text.AsSpan(clock).IndexOfAny("Zz+-") > 0;
}
