using OpenAIWorker.Emulator.Shapes;

namespace OpenAIWorker.Emulator.Requests;

/// <summary>
/// With <c>strict</c>, every object of a schema must forbid other members and require all of its own.
/// </summary>
static class StrictSchema
{
    public static Refusal? CheckFormat(JsonElement format) =>
        Check(format, "schema", "response_format", "invalid_json_schema");

    public static Refusal? CheckFunction(JsonElement function) =>
        Check(function, "parameters", "function", "invalid_function_parameters");

    static Refusal? Check(JsonElement owner, string member, string what, string code)
    {
        if (!owner.IsTrue("strict") || owner.Member(member) is not { } schema)
        {
            return null;
        }

        var problem = schema.Is("type", "object")
            ? Problem(schema, "()")
            : $"schema must be a JSON Schema of 'type: \"object\"', got 'type: \"{schema.Text("type") ?? "None"}\"'.";
        return problem is null
            ? null
            : new Refusal(code, $"Invalid schema for {what} '{owner.Text("name")}': {problem}").At(member);
    }

    static string? Problem(JsonElement schema, string context) =>
        OpenObject(schema, context) ?? Inner(schema, context)
            .Select(inner => Problem(inner.Schema, inner.Context))
            .FirstOrDefault(found => found is not null);

    static string? OpenObject(JsonElement schema, string context)
    {
        if (!schema.Is("type", "object"))
        {
            return null;
        }

        if (schema.Member("additionalProperties") is not { ValueKind: JsonValueKind.False })
        {
            return $"In context={context}, 'additionalProperties' is required to be supplied and to be false.";
        }

        var required = schema.Items("required").Select(name => name.GetString());
        return Properties(schema).Select(property => property.Name).Except(required).FirstOrDefault() is { } missing
            ? $"In context={context}, 'required' is required to be supplied and to be an array including every key "
                + "in properties. "
                + $"Missing '{missing}'."
            : null;
    }

    static IEnumerable<(JsonElement Schema, string Context)> Inner(JsonElement schema, string context) =>
    [
        .. Properties(schema).Select(property => (property.Value, $"('properties', '{property.Name}')")),
        .. schema.Member("items") is { } items ? [(items, $"{context}.items")] : Array.Empty<(JsonElement, string)>(),
        .. schema.Items("anyOf").Select((option, index) => (option, $"('anyOf', '{index}')")),
    ];

    static JsonElement.ObjectEnumerator Properties(JsonElement schema) =>
        schema.Member("properties") is { ValueKind: JsonValueKind.Object } properties
            ? properties.EnumerateObject()
            : default;
}
