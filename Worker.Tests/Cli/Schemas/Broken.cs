using System.Text.Json.Nodes;

namespace OpenAIWorker.Tests.Cli.Schemas;

/// <summary>Values that break each rule of a member's schema.</summary>
static class Broken
{
    const int TooLongToWrite = 1_000_000;

    public static IEnumerable<(string Rule, JsonNode? Value)> ValuesOf(JsonObject schema)
    {
        if (schema.ContainsKey("type"))
            yield return ("another type",
                JsonNode.Parse(schema["type"]!.ToJsonString().Contains("array", StringComparison.Ordinal)
                    ? "1"
                    : "[[[]]]"));
        foreach (var (keyword, bound) in schema)
        {
            if (Breaks(schema, keyword, bound) is { } value)
                yield return ($"{keyword} {bound!.ToJsonString()}", value);
        }
        if (schema["propertyNames"]?["maxLength"]?.GetValue<int>() is { } longest)
            yield return ("a key too long", new JsonObject { [new string('k', longest + 1)] = "v" });
        if (schema["additionalProperties"] is JsonObject { } each && each["maxLength"]?.GetValue<int>() is { } most)
            yield return ("a value too long", new JsonObject { ["k"] = new string('v', most + 1) });
    }

    static JsonNode? Breaks(JsonObject schema, string keyword, JsonNode? bound) => keyword switch
    {
        "minimum" => JsonNode.Parse($"{bound!.GetValue<decimal>() - 1}"),
        "maximum" => JsonNode.Parse($"{bound!.GetValue<decimal>() + 1}"),
        "maxLength" when bound!.GetValue<int>() < TooLongToWrite => new string('x', bound.GetValue<int>() + 1),
        "minLength" => "",
        "pattern" => IsDuration(bound!.GetValue<string>()) ? "99.00:00:00" : " ",
        "enum" or "const" => "nobody's",
        "minItems" => new JsonArray(),
        "maxItems" =>
            new JsonArray([.. Enumerable.Repeat(0, bound!.GetValue<int>() + 1)
                .Select(_ => Entry(schema["items"]!.AsObject()))]),
        "maxProperties" =>
            new JsonObject(Enumerable.Range(0, bound!.GetValue<int>() + 1)
                .Select(number => KeyValuePair.Create<string, JsonNode?>($"k{number}", "v"))),
        _ => null,
    };

    static bool IsDuration(string pattern) => pattern.Contains(":[0-5]", StringComparison.Ordinal);

    static JsonNode Entry(JsonObject items) => items["type"]?.GetValue<string>() == "string" ? "x" : new JsonObject();
}
