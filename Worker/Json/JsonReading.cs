using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace OpenAIWorker.Json;

/// <summary>
/// Reads answers of providers that omit members of OpenAI's reference, set them to null, or write a number as a text. A
/// number that cannot be written again (<c>1e999</c>) is treated as missing.
/// </summary>
static class JsonReading
{
    static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>
    /// A member by its name. A member whose text or name has half of a surrogate pair (<c>\ud800</c>) is ignored.
    /// </summary>
    public static JsonElement? Member(this JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member)
                && member.ValueKind != JsonValueKind.Null ? member : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The id of a thing: a text, or a number as a text. Null: it has none, or an empty one.</summary>
    public static string? Id(this JsonElement thing) =>
        thing.Member("id") is { ValueKind: JsonValueKind.Number } number ? number.GetRawText()
        : thing.Text("id") is { } id && !string.IsNullOrWhiteSpace(id) ? id : null;

    /// <inheritdoc cref="Member"/>
    public static string? Text(this JsonElement element, string name)
    {
        try
        {
            return element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A member's name; null if it is not valid text.</summary>
    public static string? NameText(this JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether one of some words occurs anywhere in an object or list. If not, their members need not be searched for
    /// it. Read from the JSON's bytes: true, too, if a part of them is escaped.
    /// </summary>
    /// <param name="element">The object or list.</param>
    /// <param name="words">The words in UTF-8.</param>
    public static bool Holds(this JsonElement element, params ReadOnlySpan<byte[]> words)
    {
        if (element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            return false;
        var json = JsonMarshal.GetRawUtf8Value(element);
        foreach (var word in words)
        {
            if (json.IndexOf(word) >= 0)
                return true;
        }
        return json.IndexOf("\\u"u8) >= 0;
    }

    public static bool? Truth(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } truth
            ? truth.GetBoolean()
            : null;

    /// <summary>A whole number; <c>11.0</c> and <c>"11"</c> count too.</summary>
    public static long? Number(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value)
            ? value
            : element.Decimal(name) is { } other && Math.Abs(other) < long.MaxValue ? (long)Math.Round(other) : null;

    public static double? Decimal(this JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.Number } number => Finite(number.GetDouble()),
        { ValueKind: JsonValueKind.String }
            when double.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var read) =>
                Finite(read),
        _ => null,
    };

    /// <summary>A time in seconds since 1970, the API's form; null if it is not a time.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        element.Number(name) is { } seconds && seconds >= Earliest && seconds <= Latest
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>
    /// The sender's pairs that are stored with a thing. Of two with the same name the last one counts, as everywhere.
    /// </summary>
    public static Dictionary<string, string>? Pairs(this JsonElement element, string name)
    {
        if (element.Member(name) is not { ValueKind: JsonValueKind.Object } pairs)
            return null;
        var read = new Dictionary<string, string>();
        foreach (var pair in pairs.EnumerateObject())
            Add(read, pair);
        return read;
    }

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    static void Add(Dictionary<string, string> read, JsonProperty pair)
    {
        try
        {
            read[pair.Name] = pair.Value.ToString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
        }
    }

    static double? Finite(double number) => double.IsFinite(number) ? number : null;
}
