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

    static readonly FrozenSet<string> Common = Last.ToFrozenSet();

    /// <summary>All but the first three.</summary>
    public static IEnumerable<JsonProperty> InOrder(JsonElement ending) => Answer(ending).Concat(
        ending.EnumerateObject().Where(member => Common.Contains(member.Name))
            .OrderBy(member => Array.IndexOf(Last, member.Name)));

    /// <summary>The members that only this kind of ending has.</summary>
    public static IEnumerable<JsonProperty> Answer(JsonElement ending) =>
        ending.EnumerateObject().Where(member => !First.Contains(member.Name) && !Common.Contains(member.Name));
}
