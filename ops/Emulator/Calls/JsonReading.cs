namespace OpenAIWorker.Emulator.Calls;

/// <summary>Reads members of a JSON object; null and absent are the same.</summary>
static class JsonReading
{
    public static JsonElement? Member(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member)
            && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    public static string? Text(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static int? Whole(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var whole)
            ? whole
            : null;

    public static bool Is(this JsonElement value, string name, string text) =>
        value.Member(name) is { ValueKind: JsonValueKind.String } member && member.ValueEquals(text);

    public static bool IsTrue(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.True };

    public static IEnumerable<JsonElement> Items(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
