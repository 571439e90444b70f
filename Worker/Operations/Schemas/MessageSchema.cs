using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Operations.Schemas;

/// <summary>
/// A message's JSON Schema, from the records' types and attributes. A request is strict, as the worker is; an event is
/// open, because a later worker may say more.
/// </summary>
sealed class MessageSchema
{
    const string Draft = "https://json-schema.org/draft/2020-12/schema";

    const string Spellings =
        "This is the spelling to write. The worker also reads names of members and enumerations in any case, and "
            + "numbers as text.";

    readonly SortedDictionary<string, JsonNode?> definitions = new(StringComparer.Ordinal);
    readonly TypeSchema types;
    readonly bool isStrict;

    MessageSchema(bool isStrict) => (this.isStrict, types) = (isStrict, new(Definition, isStrict));

    public static JsonObject Of(Type message, bool isStrict)
    {
        var making = new MessageSchema(isStrict);
        var schema = making.Contract(message);
        schema.Insert(0, "$schema", Draft);
        if (isStrict)
            schema.Insert(1, "$comment", Spellings);
        if (making.definitions.Count > 0)
            schema["$defs"] = new JsonObject(making.definitions);
        return schema;
    }

    /// <summary>Several messages in one file, for code generators: shared types have one name there.</summary>
    public static JsonObject Together(string title, IEnumerable<Type> messages, bool isStrict)
    {
        var making = new MessageSchema(isStrict);
        foreach (var message in messages)
            making.Definition(message);
        return new() { ["$schema"] = Draft, ["title"] = title, ["$defs"] = new JsonObject(making.definitions) };
    }

    /// <summary>The source member of a wire member.</summary>
    public static MemberInfo MemberOf(JsonPropertyInfo property) =>
        property.DeclaringType.GetProperty(property.Name,
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)!;

    JsonObject Definition(Type type)
    {
        if (definitions.TryAdd(type.Name, null))
            definitions[type.Name] = type.IsEnum ? Names(type) : Contract(type);
        return new() { ["$ref"] = $"#/$defs/{type.Name}" };
    }

    static JsonObject Names(Type type) => new()
    {
        ["title"] = type.Name,
        ["description"] = Documentation.Of(type),
        ["type"] = "string",
        ["enum"] = new JsonArray(
            [.. Enum.GetNames(type).Select(name => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(name))]),
    };

    JsonObject Contract(Type type)
    {
        var members = Written(type);
        var schema = new JsonObject
        {
            ["title"] = type.Name,
            ["description"] = Documentation.Of(type),
            ["type"] = "object",
            ["properties"] = new JsonObject(
                members.Select(member => KeyValuePair.Create<string, JsonNode?>(member.Name, Member(type, member)))),
        };
        if (members.Where(member => member.IsAlways(type, isStrict)).Select(member => (JsonNode)member.Name)
            .ToArray() is { Length: > 0 } required)
            schema["required"] = new JsonArray(required);
        Requirements.Add(schema, type, isStrict);
        if (isStrict)
            schema["additionalProperties"] = false;
        return schema;
    }

    JsonObject Member(Type type, MemberRules member)
    {
        var schema = types.Of(member, Durations(type, member));
        ClosedLists.Add(schema, type, member.Name);
        var isAlways = member.IsAlways(type, isStrict);
        if (isAlways && isStrict && member.Needed is { MayBeBlank: false })
            SayingSomething(schema);
        if (isStrict && member.IsNullable && !isAlways)
            schema = OrNull(schema);
        if (Documentation.Of(member.Property) is { } meaning)
            schema.Insert(0, "description", meaning);
        return schema;
    }

    // The order of members: a message's own before the shared ones.
    static List<MemberRules> Written(Type type)
    {
        var rules = MemberRules.Of(type).ToDictionary(member => member.Name);
        return [.. ContractJson.Default.Options.GetTypeInfo(type).Properties.Select(property => rules[property.Name])];
    }

    static string? Durations(Type type, MemberRules member)
    {
        if (member.Range is not { } range || member.Property.PropertyType != typeof(TimeSpan?))
            return TimePattern.Any;
        var isShort = member.Property.DeclaringType == typeof(JobRequest)
            && type.GetProperty(nameof(MessageModel.Background)) is null;
        return TimePattern.Between(ContractRules.TimeOf(range.Minimum),
            isShort ? CommonCheck.LongestTimeout : ContractRules.TimeOf(range.Maximum));
    }

    static void SayingSomething(JsonObject schema)
    {
        if (schema["type"]?.GetValue<string>() == "array")
            schema["minItems"] ??= 1;
        else if (schema["type"]?.GetValue<string>() == "string" && !schema.ContainsKey("enum"))
            schema["pattern"] ??= @"\S";
    }

    static JsonObject OrNull(JsonObject schema)
    {
        if (schema.ContainsKey("$ref"))
            return new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
        if (schema["type"]?.GetValue<string>() is { } type)
            schema["type"] = new JsonArray(type, "null");
        if (schema["enum"] is JsonArray values)
            values.Add((JsonNode?)null);
        return schema;
    }
}
