namespace OpenAIWorker.Emulator.Limits;

/// <summary>The requests and tokens of one key and model. A call takes from both or from none.</summary>
sealed class Bucket(RateLimit limit, TimeProvider time)
{
    readonly Lock gate = new();
    readonly Gauge? requests = limit.RequestsPerMinute is { } perMinute ? new(perMinute, limit.Burst) : null;
    readonly Gauge? tokens = limit.TokensPerMinute is { } perMinute ? new(perMinute, limit.Burst) : null;
    long refilledAt = time.GetTimestamp();

    public Allowance Look()
    {
        lock (gate)
        {
            Refill();
            return Allowance;
        }
    }

    public Admission Admit(int charge)
    {
        lock (gate)
        {
            Refill();
            var denial = Deny(charge);
            if (denial is null)
            {
                requests?.Take(1);
                tokens?.Take(charge);
            }
            else if (limit.CountsDenied)
            {
                requests?.TakeWhatIsLeft(1);
            }

            return new(Allowance, denial);
        }
    }

    Allowance Allowance => new(requests?.Quota ?? Quota.Unlimited, tokens?.Quota ?? Quota.Unlimited, limit.Tells);

    void Refill()
    {
        var now = time.GetTimestamp();
        var elapsed = time.GetElapsedTime(refilledAt, now);
        refilledAt = now;
        requests?.Refill(elapsed);
        tokens?.Refill(elapsed);
    }

    Denial? Deny(int charge)
    {
        if (tokens is { } all && charge > all.PerMinute)
        {
            return new("tokens", all.PerMinute, all.Used, charge, Wait: null);
        }

        var forRequests = requests?.WaitFor(1) ?? TimeSpan.Zero;
        var forTokens = tokens?.WaitFor(charge) ?? TimeSpan.Zero;
        var wait = forRequests > forTokens ? forRequests : forTokens;

        // Requests are named first, even if tokens are missing too. The wait covers both.
        return (forRequests > TimeSpan.Zero, forTokens > TimeSpan.Zero) switch
        {
            (true, _) => new("requests", requests!.PerMinute, requests.Used, 1, wait),
            (_, true) => new("tokens", tokens!.PerMinute, tokens.Used, charge, wait),
            _ => null,
        };
    }
}
