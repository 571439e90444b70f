using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAIWorker.Json;

/// <summary>JSON of other programs as nodes that can be changed.</summary>
static class JsonNodes
{
    /// <summary>
    /// The object as nodes. Of members with the same name the last one counts, as for most parsers: <see
    /// cref="JsonObject"/> itself throws, but only when it is used.
    /// </summary>
    public static JsonObject ToObject(this JsonElement json)
    {
        var whole = new JsonObject();
        foreach (var member in json.EnumerateObject())
            if (member.NameText() is { } name)
                whole[name] = ToNode(member.Value);
        return whole;
    }

    /// <summary>A text; null if it is missing or something else.</summary>
    public static string? Text(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    static JsonNode? ToNode(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.ToObject(),
        JsonValueKind.Array => new JsonArray([.. json.EnumerateArray().Select(ToNode)]),
        _ => JsonValue.Create(json),
    };
}
