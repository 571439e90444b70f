using System.Reflection;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Operations.Schemas;

/// <summary>The required members of a message.</summary>
static class Requirements
{
    /// <summary>
    /// For a request, the members that the worker requires; for an event, the members that it always writes.
    /// </summary>
    public static bool IsAlways(this MemberRules member, Type type, bool isStrict) =>
        member.IsRequired || member.Needed is { Unless.Count: 0 } && isStrict || Single(type) == member.Name
            || !member.IsNullable && !isStrict;

    /// <summary>
    /// Adds the members that are required unless another is present, and the groups of which exactly one is allowed.
    /// </summary>
    public static void Add(JsonObject schema, Type type, bool isStrict)
    {
        var members = MemberRules.Of(type);
        List<JsonObject> choices = [];
        if (isStrict)
            foreach (var member in members.Where(member => member.Needed is { Unless.Count: > 0 }))
                choices.Add(new()
                {
                    ["anyOf"] = new JsonArray(
                    [Given(members, member.Name), .. member.Needed!.Unless.Select(way => Given(members, way))])
                });
        if (MemberRules.OnlyOne(type) is { } names && (isStrict || type == typeof(ToolAnswered)))
            choices.Add(new()
            {
                ["oneOf"] = new JsonArray(
                [.. names.Select(name => Given(members, name, type.IsSubclassOf(typeof(JobRequest))))])
            });
        if (choices is [var only])
            foreach (var (keyword, ways) in only)
                schema[keyword] = ways!.DeepClone();
        else if (choices.Count > 0)
            schema["allOf"] = new JsonArray([.. choices]);
    }

    static string? Single(Type type) =>
        type.GetCustomAttribute<ExactlyOneAttribute>() is { Members: [var only] } ? only : null;

    // Such as text, extra.input or instructions+conversationId.
    static JsonObject Given(IReadOnlyList<MemberRules> members, string way, bool blankIsNone = false)
    {
        var names = way.Split('+');
        return new()
        {
            ["required"] = new JsonArray([.. names.Select(name => (JsonNode)name.Split('.')[0])]),
            ["properties"] = new JsonObject(names.Select(name =>
                KeyValuePair.Create<string, JsonNode?>(name.Split('.')[0],
                    There(members, name.Split('.'), blankIsNone)))),
        };
    }

    static JsonObject There(IReadOnlyList<MemberRules> members, string[] path, bool blankIsNone)
    {
        if (path is [_, var inner])
            return new()
            {
                ["type"] = "object",
                ["required"] = new JsonArray(inner),
                ["properties"] = new JsonObject { [inner] = true }
            };
        var member = members.Single(member => member.Name == path[0]);
        return member.Property.PropertyType switch
        {
            var text when text == typeof(string) && (blankIsNone || member.Needed is { MayBeBlank: false }) =>
                new() { ["type"] = "string", ["pattern"] = @"\S" },
            var list when TypeSchema.EntryOf(list) is not null => new() { ["type"] = "array", ["minItems"] = 1 },
            _ => new() { ["not"] = new JsonObject { ["type"] = "null" } },
        };
    }
}
