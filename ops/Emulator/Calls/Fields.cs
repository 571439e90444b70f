using System.Text.Json.Nodes;

namespace OpenAIWorker.Emulator.Calls;

/// <summary>
/// Fields of a form or a query as JSON, so that the same shapes check them: <c>a[b]</c> is a member, <c>a[]</c> an
/// item.
/// </summary>
sealed class Fields
{
    readonly JsonObject all = [];

    public void Add(string name, JsonNode? value)
    {
        if (name.EndsWith("[]", StringComparison.Ordinal))
        {
            ListOf(name[..^2]).Add(value);
        }
        else if (name.EndsWith(']') && name.IndexOf('[', StringComparison.Ordinal) is > 0 and var open)
        {
            ((all[name[..open]] ??= new JsonObject()) as JsonObject)?.TryAdd(name[(open + 1)..^1], value);
        }
        else if (!all.TryAdd(name, value))
        {
            // A field that occurs twice is a list, which most shapes refuse.
            ListOf(name).Add(value);
        }
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(all);

    JsonArray ListOf(string name)
    {
        if (all[name] is not JsonArray list)
        {
            list = all[name]?.DeepClone() is { } first ? [first] : [];
            all[name] = list;
        }

        return list;
    }
}
