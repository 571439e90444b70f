using System.Text.Json.Nodes;

namespace OpenAIWorker.Tests.Cli.Schemas;

/// <summary>Messages with every member of their schema: those that the example lacks are generated.</summary>
/// <param name="root">The message's schema.</param>
sealed class Sample(JsonObject root)
{
    /// <summary>The message, and for each object that it lacks a copy with that object.</summary>
    public IEnumerable<JsonObject> Widened(JsonObject message) => [message, .. Inside(root, message, whole => whole)];

    /// <summary>The target of a reference; for a nullable schema, the other alternative.</summary>
    public JsonObject Resolved(JsonObject schema)
    {
        var one = schema["anyOf"] is JsonArray ways && ways[0]!["$ref"] is not null ? ways[0]!.AsObject() : schema;
        return one["$ref"]?.GetValue<string>() is { } reference
            ? root["$defs"]![reference.Split('/')[^1]]!.AsObject()
            : one;
    }

    /// <summary>The ways to satisfy a schema with alternatives.</summary>
    public static IEnumerable<JsonArray> Choices(JsonObject schema) =>
        (schema["allOf"]?.AsArray().Select(one => one!.AsObject()) ?? [schema])
        .SelectMany(one => new[] { one["anyOf"] as JsonArray, one["oneOf"] as JsonArray }).OfType<JsonArray>();

    public static IEnumerable<string> Names(JsonNode? list) =>
        list?.AsArray().Select(name => name!.GetValue<string>()) ?? [];

    IEnumerable<JsonObject> Inside(JsonObject schema, JsonObject message, Func<JsonObject, JsonObject> find)
    {
        foreach (var (name, declared) in schema["properties"]!.AsObject())
        {
            var (member, isList) = Object(Resolved(declared!.AsObject()));
            if (member is null)
                continue;
            var has = Found(find(message), name, isList) is not null;
            var whole = has
                ? message
                : With(schema, message, find, name, isList ? new JsonArray(Of(member)) : Of(member));
            if (!has)
                yield return whole;
            foreach (var wider in Inside(member, whole, other => Found(find(other), name, isList)!))
                yield return wider;
        }
    }

    static JsonObject With(JsonObject schema, JsonObject message, Func<JsonObject, JsonObject> find, string name,
        JsonNode value)
    {
        var whole = message.DeepClone().AsObject();
        var holder = find(whole);
        foreach (var other in Choices(schema).Select(choice => choice.SelectMany(way => Names(way!["required"])))
            .Where(ways => ways.Contains(name)).SelectMany(ways => ways))
            holder.Remove(other);
        holder[name] = value;
        return whole;
    }

    static JsonObject? Found(JsonObject holder, string name, bool isList) =>
        (isList ? (holder[name] as JsonArray)?.FirstOrDefault() : holder[name]) as JsonObject;

    (JsonObject? Schema, bool IsList) Object(JsonObject member) => member switch
    {
        _ when member.ContainsKey("properties") => (member, false),
        _ when member["items"] is JsonObject { Count: > 0 } items && Resolved(items).ContainsKey("properties") =>
            (Resolved(items), true),
        _ => (null, false),
    };

    JsonNode Of(JsonObject schema) => Resolved(schema) switch
    {
        var one when one["const"] is { } value => value.DeepClone(),
        var one when one["enum"] is JsonArray values => values[0]!.DeepClone(),
        var one when one.ContainsKey("properties") => Made(one),
        var one => Kind(one) switch
        {
            "array" => new JsonArray(Of(one["items"]!.AsObject())),
            "string" => one["format"]?.GetValue<string>() == "date-time" ? "2026-01-01T00:00:00Z" : "p-1",
            "integer" or "number" => one["minimum"]?.DeepClone() ?? 1,
            "boolean" => true,
            _ => new JsonObject(),
        },
    };

    JsonObject Made(JsonObject schema) => new(
        Names(schema["required"]).Concat(Choices(schema).SelectMany(choice => Names(choice[0]!["required"]))).Distinct()
            .Select(name => KeyValuePair.Create<string, JsonNode?>(name, Of(schema["properties"]![name]!.AsObject()))));

    static string? Kind(JsonObject schema) =>
        (schema["type"] is JsonArray kinds ? kinds[0] : schema["type"])?.GetValue<string>();
}
