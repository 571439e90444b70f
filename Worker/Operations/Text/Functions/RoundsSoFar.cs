using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads.Streams;
using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Operations.Text.Functions;

/// <summary>Collects the results of a job's rounds.</summary>
static class RoundsSoFar
{
    // It travels in a header. Longer output becomes a file.
    const int MostCarried = 24 * 1024;

    /// <summary>The result of a round that calls functions, and the files that must still be stored.</summary>
    public static (EarlierRounds Rounds, IReadOnlyList<InHand> Files) With(JobState state, ModelMessaged read,
        IReadOnlyList<InHand> made)
    {
        var before = state.Earlier ?? new();
        var brought = new ModelMessaged
        {
            Annotations = read.Annotations,
            Reasoning = read.Reasoning,
            ReasoningSummary = read.ReasoningSummary,
            OtherOutput = [.. Words(read), .. (read.OtherOutput ?? []).Where(IsOpen)],
        };
        var sum = Sum(before, brought);
        if (JsonSerializer.SerializeToUtf8Bytes(sum with { Files = null },
            JobStateJson.Default.EarlierRounds).Length <= MostCarried)
            return (sum, made);
        var whole = JsonSerializer.SerializeToUtf8Bytes(Sum(new(), brought), JobStateJson.Default.EarlierRounds);
        return (before, [.. made, InHand.Of(whole, "application/json", $"round-{state.Rounds + 1}.json")]);
    }

    /// <summary>The last answer, with the output of the rounds before it.</summary>
    public static ModelMessaged In(ModelMessaged last, JobState state) =>
        state.Earlier is not { } earlier ? last : last with
        {
            Files = Both(earlier.Files, last.Files),
            Annotations = Both(earlier.Annotations, last.Annotations),
            Reasoning = Joined(earlier.Reasoning, last.Reasoning),
            ReasoningSummary = Joined(earlier.ReasoningSummary, last.ReasoningSummary),
            OtherOutput = Both(earlier.Other, last.OtherOutput),
        };

    static EarlierRounds Sum(EarlierRounds before, ModelMessaged brought) => new()
    {
        Files = before.Files,
        Annotations = Both(before.Annotations, brought.Annotations),
        Reasoning = Joined(before.Reasoning, brought.Reasoning),
        ReasoningSummary = Joined(before.ReasoningSummary, brought.ReasoningSummary),
        Other = Both(before.Other, brought.OtherOutput),
    };

    // Text before the calls is not part of the answer.
    static IEnumerable<JsonElement> Words(ModelMessaged read) => string.IsNullOrWhiteSpace(read.Text)
        ? []
        : [new JsonBody { { "type", "message" }, { "role", "assistant" }, { "content", read.Text } }.ToJson()];

    // Encrypted reasoning is sent back to the model with the next round, and is not needed later.
    static bool IsOpen(JsonElement item) => item.Text("type") is not { } type || type != "reasoning"
        && !type.StartsWith("reasoning.", StringComparison.Ordinal) && type != "thinking_blocks";

    static IReadOnlyList<T>? Both<T>(IReadOnlyList<T>? before, IReadOnlyList<T>? then) => (before, then) switch
    {
        (null or { Count: 0 }, null or { Count: 0 }) => null,
        _ => [.. before ?? [], .. then ?? []],
    };

    static string? Joined(string? before, string? then) =>
        before is null ? then : then is null ? before : $"{before}\n\n{then}";
}
