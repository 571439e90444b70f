using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAIWorker.Emulator.Answers;

/// <summary>The answer of <c>/moderations</c>: a few words are flagged.</summary>
static class ModerationAnswer
{
    static readonly (string Category, string[] Words)[] Categories =
    [
        ("harassment", ["idiot"]), ("harassment/threatening", ["attack"]), ("hate", ["hate"]), ("hate/threatening", []), ("illicit", ["steal"]), ("illicit/violent", []),
        ("self-harm", []), ("self-harm/intent", []), ("self-harm/instructions", []), ("sexual", []), ("sexual/minors", []),
        ("violence", ["attack", "kill"]), ("violence/graphic", []),
    ];

    public static JsonObject To(Call call)
    {
        var input = call.Body.GetProperty("input");
        var isMixed = input.ValueKind == JsonValueKind.Array && input.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object);
        IEnumerable<JsonElement> inputs = input.ValueKind == JsonValueKind.String || isMixed ? [input] : input.EnumerateArray();
        return new()
        {
            ["id"] = $"modr-{Guid.NewGuid():N}",
            ["model"] = call.Model.Length > 0 ? call.Model : "omni-moderation-latest",
            ["results"] = new JsonArray([.. inputs.Select(Result)]),
        };
    }

    static JsonObject Result(JsonElement input)
    {
        var text = input.GetRawText();
        var hits = Categories.Where(category => category.Words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))).Select(category => category.Category).ToHashSet();
        return new()
        {
            ["flagged"] = hits.Count > 0,
            ["categories"] = Each(category => hits.Contains(category)),
            ["category_scores"] = Each(category => hits.Contains(category) ? 0.93 : 0.0001),
            ["category_applied_input_types"] = Each(_ => new JsonArray("text")),
        };
    }

    static JsonObject Each(Func<string, JsonNode> value) => new(Categories.Select(category => KeyValuePair.Create(category.Category, (JsonNode?)value(category.Category))));
}
