using System.Text.Json;
using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Seals;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>
/// The state that a job carries between attempts. It has two counts, because waiting for a rate limit uses no attempt.
/// </summary>
/// <param name="Failed">Attempts that failed.</param>
/// <param name="Waits">Waits in the broker.</param>
/// <param name="FirstSeen">When a worker first saw the job.</param>
/// <param name="Spent">The usage of its attempts so far.</param>
/// <param name="State">The result of its steps so far.</param>
sealed record JobHeaders(int Failed, int Waits, DateTimeOffset FirstSeen, Usage? Spent = null, JobState? State = null)
{
    const string FailedHeader = "openai-worker-failed";
    const string WaitsHeader = "openai-worker-waits";
    const string FirstSeenHeader = "openai-worker-first-seen";
    const string SpentHeader = "openai-worker-usage";
    const string CostHeader = "openai-worker-cost";
    const string StateHeader = "openai-worker-state";
    const int Most = 1_000_000;

    /// <summary>All headers that the signature covers.</summary>
    public static readonly IReadOnlyList<string> Names = [FailedHeader, WaitsHeader, FirstSeenHeader, SpentHeader,
        CostHeader, StateHeader];

    // A dead letter has the time of the first sight, too.
    static readonly IReadOnlyList<string> OfWaitingJobs = [FailedHeader, WaitsHeader, SpentHeader, CostHeader,
        StateHeader, HeaderSeal.Header];

    /// <summary>The cost of its attempts so far.</summary>
    public JobCost Cost { get; init; }

    /// <summary>The sender's user, according to the broker or a worker.</summary>
    public string? User { get; init; }

    /// <summary>When it was sent again on purpose; null if it was not. Its header is not signed.</summary>
    public DateTimeOffset? SentAgain { get; init; }

    /// <summary>
    /// Whether the state cannot be read: then the job cannot continue, and must not start again for ever.
    /// </summary>
    public bool IsStateLost { get; init; }

    /// <summary>The headers of a job that no worker has seen.</summary>
    public static JobHeaders New(DateTimeOffset now) => new(0, 0, now);

    /// <summary>Whether the message says that a worker sent it.</summary>
    public static bool AreIn(Headers headers) => OfWaitingJobs.Any(name => headers.TryGetHeader(name, out _));

    /// <summary>The headers as they are, without checking who wrote them.</summary>
    public static JobHeaders Read(Headers headers, DateTimeOffset now)
    {
        var state = headers.Text(StateHeader) is { } text ? JobStateHeader.Read(text) : null;
        return new(
            Count(headers, FailedHeader),
            Count(headers, WaitsHeader),
            SentTimestamp.Of(headers, FirstSeenHeader) ?? now,
            headers.Text(SpentHeader) is { } spent ? UsageOf(spent) : null,
            state)
        {
            Cost = JobCost.Read(headers.Text(CostHeader)),
            IsStateLost = state is null && headers.TryGetHeader(StateHeader, out _)
        };
    }

    /// <summary>
    /// The progress of the message as a text: the same at every delivery of this message, and another one after it has
    /// waited.
    /// </summary>
    public static string Mark(Headers headers) => Names.Any(name => headers.TryGetHeader(name, out _))
        ? string.Join('\n', Names.Select(name => headers.TryGetHeader(name, out var value) ? $"{value}" : ""))
        : "";

    public IEnumerable<KeyValuePair<string, object?>> Write()
    {
        yield return new(FailedHeader, Failed);
        yield return new(WaitsHeader, Waits);
        yield return new(FirstSeenHeader, FirstSeen.ToUnixTimeMilliseconds());
        if (Spent is not null)
            yield return new(SpentHeader, JsonSerializer.Serialize(Spent, ContractJson.Default.Usage));
        if (Cost.Write() is { } cost)
            yield return new(CostHeader, cost);
        if (State is not null)
            yield return new(StateHeader, JobStateHeader.Write(State));
    }

    static int Count(Headers headers, string name) => (int)Math.Min(headers.Number(name) ?? 0, Most);

    static Usage? UsageOf(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ContractJson.Default.Usage) is
            {
                InputTokens: >= 0,
                OutputTokens: >= 0, CachedTokens: >= 0
            } usage ? usage.Plausible() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
