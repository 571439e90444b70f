namespace OpenAIWorker.Bench.Throughput;

/// <summary>One measurement: the time that a call takes at the provider, and the number of concurrent calls.</summary>
sealed record Round(TimeSpan Latency, ushort Concurrency, int Jobs, Call Call)
{
    // A longer run gives no better figure.
    const double Seconds = 15;

    // The limit of the prompts in the broker.
    const int MostCharacters = 200_000_000;

    /// <summary>How far away the provider's limits are.</summary>
    public Distance Limits { get; init; }

    /// <summary>The provider's limit, in requests a minute.</summary>
    public double PerMinute { get; init; }

    public ToldLimits? Told => Limits == Distance.None ? null : new(PerMinute, Call.Tokens);

    /// <summary>A round with no more jobs than the slots can do in the usual time.</summary>
    public static Round Of(int milliseconds, ushort concurrency, int most, Call call)
    {
        var jobs = Math.Min(most, MostCharacters / call.Characters);
        return new(TimeSpan.FromMilliseconds(milliseconds), concurrency,
            milliseconds == 0 ? jobs : (int)Math.Min(jobs, concurrency * 1_000.0 / milliseconds * Seconds), call);
    }
}
