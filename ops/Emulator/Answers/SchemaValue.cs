using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAIWorker.Emulator.Answers;

/// <summary>A value that fits a JSON Schema: the first of everything.</summary>
static class SchemaValue
{
    const int Deepest = 10;

    public static JsonNode? Of(JsonElement schema, int depth = 0)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > Deepest)
            return null;
        if (schema.TryGetProperty("const", out var only))
            return JsonNode.Parse(only.GetRawText());
        if (schema.TryGetProperty("enum", out var values))
            return JsonNode.Parse(values[0].GetRawText());
        if (schema.TryGetProperty("anyOf", out var alternatives))
            return Of(alternatives[0], depth + 1);
        return Type(schema) switch
        {
            "object" => Object(schema, depth),
            "array" => schema.TryGetProperty("items", out var items) ? new JsonArray(Of(items, depth + 1)) : [],
            "integer" => schema.TryGetProperty("minimum", out var least) ? least.GetInt64() : 34,
            "number" => schema.TryGetProperty("minimum", out var least) ? least.GetDouble() : 0.5,
            "boolean" => true,
            "null" => null,
            _ => "emulated",
        };
    }

    static string Type(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out var type))
            return schema.TryGetProperty("properties", out _) ? "object" : "string";
        return type.ValueKind == JsonValueKind.Array ? type[0].GetString()! : type.GetString()!;
    }

    static JsonObject Object(JsonElement schema, int depth)
    {
        var value = new JsonObject();
        if (schema.TryGetProperty("properties", out var properties))
            foreach (var property in properties.EnumerateObject())
                value[property.Name] = Of(property.Value, depth + 1);
        return value;
    }
}
