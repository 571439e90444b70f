using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenAIWorker.Operations;

/// <summary>
/// A whole number in any notation: <c>16</c>, <c>16.0</c> and <c>1.6e1</c> are one number for JSON Schema, and
/// languages without integers write them so. A text with the number is accepted too, as for all numbers.
/// </summary>
static class WholeNumber
{
    public sealed class OrNull : JsonConverter<int?>
    {
        public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? null
            : Value(ref reader) is >= int.MinValue and <= int.MaxValue and var value ? (int)value
            : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options)
        {
            if (value is { } number)
                writer.WriteNumberValue(number);
            else
                writer.WriteNullValue();
        }
    }

    public sealed class LongOrNull : JsonConverter<long?>
    {
        public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? null : Value(ref reader) ?? throw new JsonException();

        public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options)
        {
            if (value is { } number)
                writer.WriteNumberValue(number);
            else
                writer.WriteNullValue();
        }
    }

    public sealed class Long : JsonConverter<long>
    {
        public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Value(ref reader) ?? throw new JsonException();

        public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value);
    }

    static long? Value(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var whole))
            return whole;
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number =>
                reader.TryGetDecimal(out var written) ? written.ToString(CultureInfo.InvariantCulture) : null,
            _ => null,
        };
        var isNumber = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        return isNumber && decimal.IsInteger(number) && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : null;
    }
}
