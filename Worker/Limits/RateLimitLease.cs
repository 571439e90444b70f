using OpenAIWorker.Limits.Estimates;
using OpenAIWorker.Upstream.Headers;

namespace OpenAIWorker.Limits;

/// <summary>The right to make one call. Ended once, after the call, whatever its result.</summary>
sealed class RateLimitLease(LimitGroup group, Waiting call, Spending spent, DateTimeOffset granted)
{
    int ended;

    public TokenEstimate Estimate => call.Estimate;

    public Spending Spending => call.Spending;

    /// <summary>The group's total spending when the turn was granted, including this turn.</summary>
    public Spending Spent => spent;

    public DateTimeOffset Granted => granted;

    /// <summary>How long it waited in memory.</summary>
    public TimeSpan Waited => granted - call.Since;

    /// <summary>Whether the provider itself has stated what is left of the group's budget.</summary>
    public bool IsSettled { get; set; }

    /// <summary>The call was answered.</summary>
    public void Observe(RateLimitHeaders told) => group.Observe(this, told);

    /// <summary>No call was made, so another call gets the turn.</summary>
    public void GiveBack()
    {
        if (Interlocked.Exchange(ref ended, 1) == 0)
            group.Return(this);
    }

    public void End(CallEnd end)
    {
        if (Interlocked.Exchange(ref ended, 1) == 0)
            group.End(this, end);
    }
}

/// <summary>The result of a call, as far as it matters to the limits.</summary>
/// <param name="IsThrottled">The provider refused it because of a rate limit.</param>
/// <param name="AsksForLess">The provider wants a lower rate from now on (<c>slow_down</c>).</param>
/// <param name="RetryAfter">How long the provider wants no calls.</param>
/// <param name="Took">The duration of a call that was answered; else null.</param>
/// <param name="InputTokens">The input tokens that the provider counted, if it reports them.</param>
/// <param name="Charge">The tokens that a refused call would have been charged, if the provider reports them.</param>
/// <param name="IsFlex">The call used the tier flex, whose refusals say nothing about the model's limit.</param>
/// <param name="Refusal">What the provider said of the limit when it refused.</param>
readonly record struct CallEnd(bool IsThrottled, bool AsksForLess, TimeSpan? RetryAfter, TimeSpan? Took,
    long? InputTokens, long? Charge, bool IsFlex = false, Refusal Refusal = default);
