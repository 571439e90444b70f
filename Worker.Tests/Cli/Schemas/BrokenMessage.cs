using System.Text.Json.Nodes;

namespace OpenAIWorker.Tests.Cli.Schemas;

/// <summary>A message with one thing wrong with it: a needed member that is missing, a value out of its range, a null where none is taken.</summary>
/// <param name="Rule">What is broken, in words that are the same for all messages that break it.</param>
/// <param name="Json">The message.</param>
sealed record BrokenMessage(string Rule, JsonNode Json)
{
    /// <summary>All the ways to break a message, as its schema tells of them.</summary>
    public static IEnumerable<BrokenMessage> Of(JsonObject schema, JsonObject message) => new Breaking(schema, message).Object(schema, message, "");

    sealed class Breaking(JsonObject root, JsonObject message)
    {
        public IEnumerable<BrokenMessage> Object(JsonObject schema, JsonObject value, string path)
        {
            var properties = schema["properties"]!.AsObject();
            foreach (var required in Names(schema["required"]))
                yield return With($"{path}{required} is missing", value, required, null, isRemoved: true);
            foreach (var choice in Choices(schema))
                yield return Without(path, value, [.. choice.SelectMany(way => Names(way!["required"]))]);
            foreach (var (name, declared) in properties)
            {
                var member = Resolved(declared!.AsObject());
                foreach (var (what, wrong) in Broken.ValuesOf(member))
                    yield return With($"{path}{name}: {what}", value, name, wrong);
                if (declared["anyOf"] is null && !Types(member).Contains("null") && member.ContainsKey("type"))
                    yield return With($"{path}{name} is null", value, name, null);
                foreach (var deeper in Inside(member, value[name], $"{path}{name}"))
                    yield return deeper;
            }
        }

        IEnumerable<BrokenMessage> Inside(JsonObject member, JsonNode? value, string path) => value switch
        {
            JsonObject inner when member.ContainsKey("properties") => Object(member, inner, $"{path}."),
            JsonArray { Count: > 0 } list when member["items"] is JsonObject { Count: > 0 } items => Entry(Resolved(items), list, path),
            _ => [],
        };

        IEnumerable<BrokenMessage> Entry(JsonObject items, JsonArray list, string path)
        {
            foreach (var (what, wrong) in Broken.ValuesOf(items).Append(("is null", null)))
                yield return Changed($"{path}[]: {what}", () => list[0] = wrong, list[0]?.DeepClone(), back => list[0] = back);
            foreach (var deeper in Inside(items, list[0], $"{path}[]"))
                yield return deeper;
        }

        BrokenMessage Without(string path, JsonObject holder, string[] names)
        {
            var before = holder.ToDictionary(member => member.Key, member => member.Value?.DeepClone());
            foreach (var name in names)
                holder.Remove(name);
            var broken = new BrokenMessage($"{path} has none of {string.Join(", ", names.Distinct())}", message.DeepClone());
            foreach (var name in names.Distinct().Where(before.ContainsKey))
                holder[name] = before[name];
            return broken;
        }

        BrokenMessage With(string rule, JsonObject holder, string name, JsonNode? wrong, bool isRemoved = false)
        {
            var (was, before) = (holder.ContainsKey(name), holder[name]?.DeepClone());
            return Changed(rule, () => Set(!isRemoved, wrong), before, back => Set(was, back));

            void Set(bool isThere, JsonNode? value)
            {
                holder.Remove(name);
                if (isThere)
                    holder[name] = value;
            }
        }

        BrokenMessage Changed(string rule, Action change, JsonNode? before, Action<JsonNode?> restore)
        {
            change();
            var broken = new BrokenMessage(rule, message.DeepClone());
            restore(before);
            return broken;
        }

        JsonObject Resolved(JsonObject schema)
        {
            var one = schema["anyOf"] is JsonArray ways && ways[0]!["$ref"] is not null ? ways[0]!.AsObject() : schema;
            return one["$ref"]?.GetValue<string>() is { } reference ? root["$defs"]![reference.Split('/')[^1]]!.AsObject() : one;
        }

        static IEnumerable<JsonArray> Choices(JsonObject schema) => (schema["allOf"]?.AsArray().Select(one => one!.AsObject()) ?? [schema])
            .SelectMany(one => new[] { one["anyOf"] as JsonArray, one["oneOf"] as JsonArray }).OfType<JsonArray>();

        static IEnumerable<string> Names(JsonNode? list) => list?.AsArray().Select(name => name!.GetValue<string>()) ?? [];

        static IEnumerable<string> Types(JsonObject schema) => schema["type"] is JsonArray types ? Names(types) : [schema["type"]?.GetValue<string>() ?? ""];
    }
}
