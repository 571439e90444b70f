using System.Collections.Concurrent;

namespace OpenAIWorker.Emulator.Limits;

/// <summary>Requests and tokens per minute of each key and model, taken together or not at all.</summary>
public sealed class RateLimits
{
    // What stands in the headers where there is no limit.
    const double Boundless = 1_000_000_000;

    readonly EmulatorOptions options;
    readonly TimeProvider clock;
    readonly ConcurrentDictionary<string, (int? Rpm, int? Tpm, double Burst)> set = new();
    readonly ConcurrentDictionary<(string Key, string Model), Buckets> buckets = new();

    /// <summary>Starts with the limits of the options.</summary>
    public RateLimits(EmulatorOptions options, TimeProvider clock)
    {
        (this.options, this.clock) = (options, clock);
        set[AllModels] = (options.Rpm, options.Tpm, options.BurstSeconds);
    }

    /// <summary>The model name that stands for all others.</summary>
    public const string AllModels = "*";

    /// <summary>Changes the limits of a model; null is none. Takes effect at once, with full buckets.</summary>
    public void Set(string model, int? requestsPerMinute, int? tokensPerMinute, double? burstSeconds = null)
    {
        set[model] = (requestsPerMinute, tokensPerMinute, burstSeconds ?? options.BurstSeconds);
        buckets.Clear();
    }

    internal Budget Take(Call call, int tokens)
    {
        var mine = BucketsOf(call);
        lock (mine)
        {
            var (wait, kind, bucket, asked) = Lacking(mine, tokens);
            if (tokens > mine.Tokens.Limit)
                throw TooMany($"Request too large for {call.Model} in organization emulator on tokens per min (TPM): Limit {mine.Tokens.Limit:0}, Requested {tokens}.", "tokens", null);
            if (wait > TimeSpan.Zero)
                throw TooMany($"Rate limit reached for {call.Model} in organization emulator on {kind}: Limit {bucket.Limit:0}, Used {bucket.Limit - bucket.Level:0}, Requested {asked}. Please try again in {wait.TotalSeconds:0.###}s.",
                    ReferenceEquals(bucket, mine.Tokens) ? "tokens" : "requests", wait);
            mine.Requests.Take(1);
            mine.Tokens.Take(tokens);
            return mine.Left();
        }
    }

    /// <summary>What is left, for a call that takes nothing.</summary>
    internal Budget Look(Call call)
    {
        var mine = BucketsOf(call);
        lock (mine)
            return mine.Left();
    }

    Buckets BucketsOf(Call call) => buckets.GetOrAdd((call.Http.Request.Headers.Authorization.ToString(), call.Model), key => Make(key.Model));

    static (TimeSpan Wait, string Kind, TokenBucket Bucket, int Asked) Lacking(Buckets mine, int tokens)
    {
        var (requests, forTokens) = (mine.Requests.Until(1), mine.Tokens.Until(tokens));
        return requests >= forTokens
            ? (requests, "requests per min (RPM)", mine.Requests, 1)
            : (forTokens, "tokens per min (TPM)", mine.Tokens, tokens);
    }

    Buckets Make(string model)
    {
        var (rpm, tpm, burst) = set.TryGetValue(model, out var own) ? own : set[AllModels];
        return new(Bucket(rpm, burst), Bucket(tpm, burst));
    }

    TokenBucket Bucket(int? perMinute, double burst) =>
        new(perMinute ?? Boundless, perMinute is null ? Boundless : Math.Max(1, perMinute.Value * burst / 60), clock);

    static ApiException TooMany(string message, string type, TimeSpan? wait) => new(429, message, type, code: "rate_limit_exceeded") { RetryAfter = wait };

    sealed record Buckets(TokenBucket Requests, TokenBucket Tokens)
    {
        public Budget Left() => new(Share(Requests), Share(Tokens));

        static Share Share(TokenBucket bucket) => new((long)bucket.Limit, Math.Max(0, (long)bucket.Level), bucket.UntilFull);
    }
}
