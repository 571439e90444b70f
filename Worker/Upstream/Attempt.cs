using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;

namespace OpenAIWorker.Upstream;

/// <summary>
/// One attempt at a job, and what the answers to its calls say. It goes with the flow of the calls, not by the job's id: two jobs may have the same one,
/// and operations make calls with requests that are made from the job's.
/// </summary>
/// <param name="told">Told of each answer's limits.</param>
sealed class Attempt(Action<RateLimitHeaders>? told = null)
{
    static readonly AsyncLocal<Attempt?> Flow = new();

    readonly Lock guard = new();
    Usage? billed;
    volatile bool showsValidKey;

    /// <summary>The attempt that the current flow of calls belongs to; null where it is nobody's.</summary>
    public static Attempt? Current => Flow.Value;

    /// <summary>What its calls used, so far as the provider said: an answer that turns out to be useless was billed all the same.</summary>
    public Usage? Billed
    {
        get
        {
            lock (guard)
                return billed;
        }
    }

    /// <summary>Whether one of its calls was answered as only a valid key is.</summary>
    public bool ShowsValidKey => showsValidKey;

    /// <summary>Calls from here on are this attempt's, until the method that began it returns.</summary>
    public void Begin() => Flow.Value = this;

    public void Bill(Usage? usage)
    {
        if (usage is null)
            return;
        lock (guard)
            billed = billed.And(usage);
    }

    /// <summary>A call was answered, whatever the answer says.</summary>
    public void Answered(RateLimitHeaders limits) => told?.Invoke(limits);

    public void Accepted() => showsValidKey = true;

    public void Refused(int status, UpstreamError? error) => showsValidKey |= CredentialBlames.ShowValidKey(status, error);
}
