using System.Text.Json.Nodes;

namespace OpenAIWorker.Tests.Cli.Schemas;

/// <summary>
/// A message with one error: a missing required member, a value out of range, or a null that is not allowed.
/// </summary>
/// <param name="Rule">What is broken, in the same words for all messages with this error.</param>
/// <param name="Member">The place, with <c>[]</c> for the first entry of a list.</param>
/// <param name="Json">The message.</param>
sealed record BrokenMessage(string Rule, string Member, JsonNode Json)
{
    /// <summary>
    /// All ways to break a message according to its schema: in the example's members, and in generated values for the
    /// others.
    /// </summary>
    public static IEnumerable<BrokenMessage> Of(JsonObject schema, JsonObject message)
    {
        var broken = new HashSet<string>();
        return new Sample(schema).Widened(message)
            .SelectMany(whole => new Breaking(new(schema), whole, broken).Object(schema, whole, ""))
            .OfType<BrokenMessage>();
    }

    /// <param name="sample">Of the schema.</param>
    /// <param name="message">What is broken.</param>
    /// <param name="done">Rules that were already broken; for these it returns null.</param>
    sealed class Breaking(Sample sample, JsonObject message, HashSet<string> done)
    {
        public IEnumerable<BrokenMessage?> Object(JsonObject schema, JsonObject value, string path)
        {
            foreach (var required in Sample.Names(schema["required"]))
                yield return With($"{path}{required} is missing", path, value, required, null, isRemoved: true);
            foreach (var choice in Sample.Choices(schema))
                yield return Without(path, value,
                    [.. choice.SelectMany(way => Sample.Names(way!["required"])).Distinct()]);
            foreach (var (name, declared) in schema["properties"]!.AsObject())
            {
                var member = sample.Resolved(declared!.AsObject());
                foreach (var (what, wrong) in Broken.ValuesOf(member))
                    yield return With($"{path}{name}: {what}", path, value, name, wrong);
                if (declared["anyOf"] is null && !Types(member).Contains("null") && member.ContainsKey("type"))
                    yield return With($"{path}{name} is null", path, value, name, null);
                foreach (var deeper in Inside(member, value[name], $"{path}{name}"))
                    yield return deeper;
            }
        }

        IEnumerable<BrokenMessage?> Inside(JsonObject member, JsonNode? value, string path) => value switch
        {
            JsonObject inner when member.ContainsKey("properties") => Object(member, inner, $"{path}."),
            JsonArray { Count: > 0 } list
                when member["items"] is JsonObject { Count: > 0 } items => Entry(sample.Resolved(items), list, path),
            _ => [],
        };

        IEnumerable<BrokenMessage?> Entry(JsonObject items, JsonArray list, string path)
        {
            foreach (var (what, wrong) in Broken.ValuesOf(items).Append(("is null", null)))
                yield return Changed($"{path}[]: {what}", $"{path}[]", () => list[0] = wrong, list[0]?.DeepClone(),
                    back => list[0] = back);
            foreach (var deeper in Inside(items, list[0], $"{path}[]"))
                yield return deeper;
        }

        BrokenMessage? Without(string path, JsonObject holder, string[] names)
        {
            var rule = $"{path} has none of {string.Join(", ", names)}";
            if (!done.Add(rule))
                return null;
            var before = holder.ToDictionary(member => member.Key, member => member.Value?.DeepClone());
            foreach (var name in names)
                holder.Remove(name);
            var broken = new BrokenMessage(rule, path.TrimEnd('.'), message.DeepClone());
            foreach (var name in names.Where(before.ContainsKey))
                holder[name] = before[name];
            return broken;
        }

        BrokenMessage? With(string rule, string path, JsonObject holder, string name, JsonNode? wrong,
            bool isRemoved = false)
        {
            var (was, before) = (holder.ContainsKey(name), holder[name]?.DeepClone());
            return Changed(rule, path + name, () => Set(!isRemoved, wrong), before, back => Set(was, back));

            void Set(bool isThere, JsonNode? value)
            {
                holder.Remove(name);
                if (isThere)
                    holder[name] = value;
            }
        }

        BrokenMessage? Changed(string rule, string member, Action change, JsonNode? before, Action<JsonNode?> restore)
        {
            if (!done.Add(rule))
                return null;
            change();
            var broken = new BrokenMessage(rule, member, message.DeepClone());
            restore(before);
            return broken;
        }

        static IEnumerable<string> Types(JsonObject schema) =>
            schema["type"] is JsonArray types ? Sample.Names(types) : [schema["type"]?.GetValue<string>() ?? ""];
    }
}
