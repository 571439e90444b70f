using System.Globalization;
using System.Text.Json.Nodes;

namespace OpenAIWorker.Emulator.Answers;

/// <summary>A page of a list whose items have ids.</summary>
static class ListAnswer
{
    /// <param name="call">Its query selects the page.</param>
    /// <param name="oldestFirst">All items.</param>
    /// <param name="usualLimit">The number of items if the query does not say.</param>
    public static Answer Page(ApiCall call, IEnumerable<JsonElement> oldestFirst, int usualLimit)
    {
        var things = oldestFirst.ToList();
        if (!call.Body.Is("order", "asc"))
        {
            things.Reverse();
        }

        if (call.Body.Text("after") is { } after)
        {
            things = things[(things.FindIndex(thing => thing.Text("id") == after) + 1)..];
        }

        var limit = call.Body.Text("limit") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : usualLimit;
        return Answer.Json(json => Write(json, [.. things.Take(limit)], things.Count > limit));
    }

    static void Write(Utf8JsonWriter json, List<JsonElement> things, bool hasMore) => new JsonObject
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. things.Select(thing => JsonNode.Parse(thing.GetRawText()))]),
        ["first_id"] = things.FirstOrDefault().Text("id"),
        ["last_id"] = things.LastOrDefault().Text("id"),
        ["has_more"] = hasMore,
    }.WriteTo(json);
}
