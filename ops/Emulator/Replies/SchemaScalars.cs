namespace OpenAIWorker.Emulator.Replies;

/// <summary>Numbers and texts within a schema's limits.</summary>
static class SchemaScalars
{
    public static double Number(JsonElement schema, bool whole)
    {
        var step = whole ? 1 : 0.5;
        var low = Value(schema, "minimum") ?? (Value(schema, "exclusiveMinimum") + step);
        var high = Value(schema, "maximum") ?? (Value(schema, "exclusiveMaximum") - step);
        var number = Math.Clamp(1, low ?? double.MinValue, Math.Max(high ?? double.MaxValue, low ?? double.MinValue));
        return Value(schema, "multipleOf") is > 0 and var multiple
            ? Math.Ceiling(number / multiple) * multiple
            : number;
    }

    public static string Text(JsonElement schema)
    {
        var text = schema.Text("format") switch
        {
            "date-time" => "2026-01-01T12:00:00Z",
            "date" => "2026-01-01",
            "time" => "12:00:00Z",
            "duration" => "PT1H",
            "email" => "someone@example.com",
            "hostname" => "example.com",
            "uri" => "https://example.com/",
            "ipv4" => "192.0.2.1",
            "ipv6" => "2001:db8::1",
            "uuid" => "00000000-0000-4000-8000-000000000000",
            _ => "example",
        };
        var padded = text.PadRight(Math.Min(10_000, schema.Whole("minLength") ?? 0), 'x');
        return schema.Whole("maxLength") is { } max && padded.Length > max ? padded[..max] : padded;
    }

    static double? Value(JsonElement schema, string name) =>
        schema.Member(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
}
