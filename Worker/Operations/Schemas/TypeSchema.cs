using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Operations.Schemas;

/// <summary>The JSON that a member's type and attributes allow.</summary>
/// <param name="contract">Returns the schema of one of the contracts' own types.</param>
/// <param name="isStrict">Whether the worker reads it; then numbers are limited to .NET's types.</param>
sealed class TypeSchema(Func<Type, JsonObject> contract, bool isStrict)
{
    // The same as the format, which not every validator checks.
    const string Time = @"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$";

    public JsonObject Of(MemberRules member, string? timePattern)
    {
        var type = Plain(member.Property.PropertyType);
        var schema = Of(type);
        if (schema["type"]?.GetValue<string>() is "string")
            Text(schema, member);
        if (type == typeof(TimeSpan))
            schema["pattern"] = timePattern;
        else if (member.Range is { } range)
            Number(schema, range, type);
        if (EntryOf(type) is not null || ValueOf(type) is not null)
            Entries(schema, member, type);
        return schema;
    }

    /// <summary>The type of a list's entries; null: it is not a list.</summary>
    public static Type? EntryOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? type.GetGenericArguments()[0]
            : null;

    static Type? ValueOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)
            ? type.GetGenericArguments()[1]
            : null;

    static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    JsonObject Of(Type type) => type switch
    {
        _ when type == typeof(string) => Typed("string"),
        _ when type == typeof(bool) => Typed("boolean"),
        _ when type == typeof(int) => Whole(int.MinValue, int.MaxValue),
        _ when type == typeof(long) => Whole(long.MinValue, long.MaxValue),
        _ when type == typeof(double) || type == typeof(decimal) => Typed("number"),
        _ when type == typeof(DateTimeOffset) =>
            new() { ["type"] = "string", ["format"] = "date-time", ["pattern"] = Time },
        _ when type == typeof(TimeSpan) => Typed("string"),
        _ when type == typeof(Uri) => new() { ["type"] = "string", ["format"] = "uri" },
        _ when type == typeof(JsonElement) => [],
        _ when EntryOf(type) is { } entry => new() { ["type"] = "array", ["items"] = Of(entry) },
        _ when ValueOf(type) is { } value => new() { ["type"] = "object", ["additionalProperties"] = Of(value) },
        _ => contract(type),
    };

    JsonObject Whole(long least, long most)
    {
        var whole = Typed("integer");
        if (isStrict)
            (whole["minimum"], whole["maximum"]) = ((decimal)least, (decimal)most);
        return whole;
    }

    static JsonObject Typed(string type) => new() { ["type"] = type };

    static void Text(JsonObject schema, MemberRules member)
    {
        if (member.Text is { MinimumLength: > 0 and var least })
            schema["minLength"] = least;
        if (member.Text is { MaximumLength: < int.MaxValue and var most })
            schema["maxLength"] = most;
        if (member.Pattern is { } pattern)
            schema["pattern"] = pattern.Pattern;
        if (member.Values is { } values)
            schema["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]);
    }

    static void Number(JsonObject schema, System.ComponentModel.DataAnnotations.RangeAttribute range, Type type)
    {
        schema["minimum"] = JsonValue.Create(Convert.ToDecimal(range.Minimum));
        if (!ContractRules.IsOpen(range) || type == typeof(int))
            schema["maximum"] = JsonValue.Create(Convert.ToDecimal(range.Maximum));
    }

    static void Entries(JsonObject schema, MemberRules member, Type type)
    {
        var (least, most) = EntryOf(type) is null ? ("minProperties", "maxProperties") : ("minItems", "maxItems");
        if (member.Count is { MinimumLength: > 0 and var fewest })
            schema[least] = fewest;
        if (member.Count is { MaximumLength: < int.MaxValue and var largest })
            schema[most] = largest;
        if (member.Each is not { } each)
            return;
        if (each.MaximumKeyLength < int.MaxValue)
            schema["propertyNames"] = new JsonObject { ["maxLength"] = each.MaximumKeyLength };
        var entry = (JsonObject)(schema["items"] ?? schema["additionalProperties"])!;
        if (each.MaximumLength < int.MaxValue)
            entry["maxLength"] = each.MaximumLength;
        if (each.MayBeNull)
            entry["type"] = new JsonArray("string", "null");
        if (each.Pattern is { } pattern)
            entry["pattern"] = pattern;
        if (each.Values is { } values)
            entry["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]);
    }
}
