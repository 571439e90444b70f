using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenAIWorker.Operations;

/// <summary>
/// A number that can be serialised again: .NET reads <c>1e999</c> as infinity, which JSON does not have, so a job with
/// it could not wait.
/// </summary>
sealed class FiniteNumber : JsonConverter<double?>
{
    public override double? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.Number when reader.TryGetDouble(out var number) && double.IsFinite(number) => number,
            JsonTokenType.String when (options.NumberHandling & JsonNumberHandling.AllowReadingFromString) != 0
                && IsNumber(reader.GetString(), out var number) => number,
            _ => throw new JsonException(),
        };

    public override void Write(Utf8JsonWriter writer, double? value, JsonSerializerOptions options)
    {
        if (value is { } number)
            writer.WriteNumberValue(number);
        else
            writer.WriteNullValue();
    }

    static bool IsNumber(string? text, out double number) =>
        double.TryParse(text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
