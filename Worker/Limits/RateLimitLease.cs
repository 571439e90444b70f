using OpenAIWorker.Limits.Estimates;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Limits;

/// <summary>The right to make one call. Ended once, when the call is over, however it went.</summary>
sealed class RateLimitLease(LimitGroup group, Waiting call, Spending spent, DateTimeOffset granted)
{
    int ended;

    public TokenEstimate Estimate => call.Estimate;

    public Spending Spending => call.Spending;

    /// <summary>What the group had spent in all when the turn was granted, this turn included.</summary>
    public Spending Spent => spent;

    public DateTimeOffset Granted => granted;

    /// <summary>How long it waited in memory.</summary>
    public TimeSpan Waited => granted - call.Since;

    /// <summary>The group's budget was told what is left by the provider itself.</summary>
    public bool IsSettled { get; set; }

    /// <summary>The call was answered.</summary>
    public void Observe(RateLimitHeaders told) => group.Observe(this, told);

    /// <summary>No call was made, so the turn is another's.</summary>
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

/// <summary>How a call went, as far as it matters to the limits.</summary>
/// <param name="IsThrottled">The provider refused it for its rate.</param>
/// <param name="AsksForLess">The provider wants a lower rate from now on (<c>slow_down</c>).</param>
/// <param name="RetryAfter">For how long the provider wants no calls.</param>
/// <param name="Took">The duration of a call that was answered; else null.</param>
/// <param name="InputTokens">What the provider counted of the input, where it tells.</param>
/// <param name="Charge">How many tokens a refused call would have been charged, where the provider tells.</param>
/// <param name="IsFlex">It was of the tier flex, whose refusals say nothing of the model's limit.</param>
readonly record struct CallEnd(bool IsThrottled, bool AsksForLess, TimeSpan? RetryAfter, TimeSpan? Took,
    long? InputTokens, long? Charge, bool IsFlex = false);
