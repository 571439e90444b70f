using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace OpenAIWorker.Bench.Throughput;

/// <summary>
/// Limits of requests and tokens a minute for the headers. Each is a bucket of one second's worth that refills
/// continuously. They are reported but not enforced, because a contestant that ignores limits runs against them too.
/// <c>limits</c> measures the effect of refusals.
/// </summary>
sealed class ToldLimits(double requestsPerMinute, int tokensPerCall)
{
    readonly Lock guard = new();
    readonly double perSecond = requestsPerMinute / 60;
    double left = requestsPerMinute / 60;
    DateTimeOffset refilled;

    /// <summary>Takes a call from the limits, and writes their state.</summary>
    public void Tell(IHeaderDictionary headers, DateTimeOffset now)
    {
        double remaining;
        lock (guard)
        {
            if (refilled != default)
                left = Math.Min(perSecond, left + perSecond * Math.Max(0, (now - refilled).TotalSeconds));
            refilled = refilled > now ? refilled : now;
            remaining = left = Math.Max(0, left - 1);
        }
        var reset = string.Create(CultureInfo.InvariantCulture, $"{(perSecond - remaining) / perSecond:0.###}s");
        headers["x-ratelimit-limit-requests"] = Text(requestsPerMinute);
        headers["x-ratelimit-remaining-requests"] = Text(remaining);
        headers["x-ratelimit-reset-requests"] = reset;
        headers["x-ratelimit-limit-tokens"] = Text(requestsPerMinute * tokensPerCall);
        headers["x-ratelimit-remaining-tokens"] = Text(remaining * tokensPerCall);
        headers["x-ratelimit-reset-tokens"] = reset;
    }

    static string Text(double number) => ((long)number).ToString(CultureInfo.InvariantCulture);
}
