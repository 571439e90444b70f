using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Headers;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Upstream;

/// <summary>
/// One attempt at a job, and the limits and usage in the answers to its calls. It follows the calls' execution context,
/// not the job's id: two jobs may have the same id, and operations make calls with derived requests.
/// </summary>
/// <param name="told">Receives each answer's limits.</param>
sealed class Attempt(Action<RateLimitHeaders>? told = null)
{
    static readonly AsyncLocal<Attempt?> Flow = new();

    readonly Lock guard = new();
    readonly List<BilledCall> calls = [];
    volatile bool showsValidKey;

    /// <summary>The attempt of the current flow of calls; null outside an attempt.</summary>
    public static Attempt? Current => Flow.Value;

    /// <summary>
    /// The usage of its calls, as far as the provider reported it: an answer that cannot be used was billed
    /// nevertheless. Each call is kept separately, because a price may depend on the usage of one call.
    /// </summary>
    public IReadOnlyList<BilledCall> Calls
    {
        get
        {
            lock (guard)
                return [.. calls];
        }
    }

    /// <summary>Whether one of its answers proves that the key is valid.</summary>
    public bool ShowsValidKey => showsValidKey;

    /// <summary>Assigns the following calls to this attempt, until the calling method returns.</summary>
    public void Begin() => Flow.Value = this;

    public void Bill(BilledCall call)
    {
        lock (guard)
            calls.Add(call);
    }

    /// <summary>A call was answered, whatever the answer says.</summary>
    public void Answered(RateLimitHeaders limits) => told?.Invoke(limits);

    public void Accepted() => showsValidKey = true;

    public void Refused(int status, UpstreamError? error) =>
        showsValidKey |= CredentialBlames.ShowValidKey(status, error);
}
