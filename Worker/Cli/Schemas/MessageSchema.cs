using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Cli.Schemas;

/// <summary>
/// A message's JSON Schema, from the generated code that reads it. A request is strict, as the worker is; an event is open, because a
/// later worker may say more.
/// </summary>
static class MessageSchema
{
    static readonly JsonSerializerOptions Options = new(ContractJson.Default.Options)
    {
        TypeInfoResolver = ContractJson.Default,
        NumberHandling = JsonNumberHandling.Strict,
    };

    public static JsonObject Of(Type message, bool isStrict)
    {
        var schema = (JsonObject)Options.GetJsonSchemaAsNode(message, new()
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Describe(context, node, isStrict),
        });
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", message.Name);
        return schema;
    }

    static JsonObject Describe(JsonSchemaExporterContext context, JsonNode node, bool isStrict)
    {
        // Any JSON is the schema true, which has no room for a description.
        var schema = node as JsonObject ?? [];
        if (!isStrict)
            DropNull(schema);
        if (schema.ContainsKey("properties"))
            Members(schema, context.TypeInfo, isStrict);
        if (Documentation.Of(Member(context)) is { } meaning)
            schema.Insert(0, "description", meaning);
        return schema;
    }

    // The exporter would require every init member, because the generated code hands them all to a constructor.
    static void Members(JsonObject schema, JsonTypeInfo type, bool isStrict)
    {
        schema.Remove("required");
        if (type.Properties.Where(member => member.IsRequired).Select(member => (JsonNode)member.Name).ToArray() is { Length: > 0 } required)
            schema["required"] = new JsonArray(required);
        if (isStrict)
            schema["additionalProperties"] = false;
    }

    // What an event does not say is left out, never null.
    static void DropNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types)
            schema["type"] = types.Select(type => type!.GetValue<string>()).Single(type => type != "null");
        if (schema["enum"] is JsonArray names)
            schema["enum"] = new JsonArray([.. names.Where(name => name is not null).Select(name => name!.DeepClone())]);
    }

    static MemberInfo Member(JsonSchemaExporterContext context) => context.PropertyInfo is { } property ? MemberOf(property) : context.TypeInfo.Type;

    /// <summary>What is written in the source for a member on the wire.</summary>
    public static MemberInfo MemberOf(JsonPropertyInfo property) =>
        property.DeclaringType.GetProperty(property.Name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)!;
}
