using System.Collections.Frozen;
using System.Text.Json;

namespace OpenAIWorker.Cli.Batch.Output;

/// <summary>
/// The order of an ending's members: first the answer or the error, then the members of every ending.
/// </summary>
static class EndingMembers
{
    static readonly FrozenSet<string> First = FrozenSet.ToFrozenSet(["jobId", "line", "ending"]);

    static readonly string[] Last =
    [
        "operation", "model", "serviceTier", "kind", "remedy", "status", "error", "requestId", "responseId", "attempts",
        "waits", "waitedMs", "durationMs",
        "credential", "usage", "cost", "firstSeen", "failedAt", "metadata",
    ];

    static readonly FrozenDictionary<string, int> Places =
        Last.Select((member, place) => (member, place)).ToFrozenDictionary(pair => pair.member, pair => pair.place);

    /// <summary>All but the first three.</summary>
    public static IEnumerable<JsonProperty> InOrder(JsonElement ending)
    {
        var (answer, common) = (new List<JsonProperty>(), new JsonProperty?[Last.Length]);
        foreach (var member in ending.EnumerateObject())
        {
            var name = member.Name;
            if (Places.TryGetValue(name, out var place))
                common[place] = member;
            else if (!First.Contains(name))
                answer.Add(member);
        }
        foreach (var member in common)
            if (member is { } there)
                answer.Add(there);
        return answer;
    }

    /// <summary>The members that only this kind of ending has.</summary>
    public static IEnumerable<JsonProperty> Answer(JsonElement ending) =>
        ending.EnumerateObject().Where(member => !First.Contains(member.Name) && !Places.ContainsKey(member.Name));
}
