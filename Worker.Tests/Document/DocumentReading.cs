using System.Text.Json.Nodes;

namespace OpenAIWorker.Tests.Document;

/// <summary>OpenAPI's dialect as JSON Schema.</summary>
static class DocumentReading
{
    const string Prefix = "#/components/schemas/";

    public static void Straighten(JsonNode? node)
    {
        if (node is JsonArray items)
            foreach (var item in items)
                Straighten(item);
        if (node is not JsonObject schema)
            return;
        if (schema["$ref"] is JsonValue reference
            && reference.GetValue<string>().StartsWith(Prefix, StringComparison.Ordinal))
            schema["$ref"] = $"#/$defs/{reference.GetValue<string>()[Prefix.Length..]}";
        OneOfIsAnyOf(schema);
        Nullable(schema);
        foreach (var (_, inner) in schema.ToList())
            Straighten(inner);
    }

    // Its alternatives overlap, such as EasyInputMessage and InputMessage, so almost nothing matches exactly one.
    static void OneOfIsAnyOf(JsonObject schema)
    {
        if (schema["oneOf"] is not JsonArray alternatives)
            return;
        schema.Remove("oneOf");
        if (schema["anyOf"] is null)
            schema["anyOf"] = alternatives.DeepClone();
        else
            schema["allOf"] = new JsonArray(new JsonObject { ["anyOf"] = alternatives.DeepClone() });
    }

    // What OpenAPI 3.0 wrote for a type that may be null.
    static void Nullable(JsonObject schema)
    {
        if (schema["nullable"] is not JsonValue nullable || !nullable.GetValue<bool>())
            return;
        schema.Remove("nullable");
        var whole = schema.DeepClone();
        schema.Clear();
        schema["anyOf"] = new JsonArray(whole, new JsonObject { ["type"] = "null" });
    }
}
