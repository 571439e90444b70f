using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenAIWorker.Operations;

/// <summary>
/// A duration as <c>hh:mm:ss</c>, or <c>d.hh:mm:ss</c> with days. Shorter forms are refused: .NET would read <c>30</c>
/// as thirty days and <c>00:30</c> as thirty minutes, which is rarely meant.
/// </summary>
sealed class Duration : JsonConverter<TimeSpan?>
{
    const int Colons = 2;

    static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    public static bool TryRead(string text, out TimeSpan duration)
    {
        duration = default;
        return text.AsSpan().Count(':') == Colons
            && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration);
    }

    /// <summary>The expected form, with a suggestion if a number was given.</summary>
    public static string Expected(JsonElement given)
    {
        var text = given.ValueKind switch
        {
            JsonValueKind.String => given.GetString(),
            JsonValueKind.Number => given.GetRawText(),
            _ => null
        };
        return Seconds(text) is { } seconds
            ? $"a duration as hh:mm:ss, such as {seconds:c} for {text} seconds"
            : "a duration as hh:mm:ss, such as 00:00:30 for 30 seconds";
    }

    /// <summary>A number of seconds in the expected form.</summary>
    public static TimeSpan? Seconds(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds >= 0 && seconds <= Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;

    public override TimeSpan? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? null
        : reader.TokenType == JsonTokenType.String && TryRead(reader.GetString()!, out var duration) ? duration
        : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, TimeSpan? value, JsonSerializerOptions options)
    {
        if (value is { } duration)
            writer.WriteStringValue(duration.ToString("c", CultureInfo.InvariantCulture));
        else
            writer.WriteNullValue();
    }
}
