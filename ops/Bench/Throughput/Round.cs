namespace OpenAIWorker.Bench.Throughput;

/// <summary>One measurement: what the provider takes for a call, and how many calls there may be at once.</summary>
sealed record Round(TimeSpan Latency, ushort Concurrency, int Jobs, Call Call)
{
    // Longer tells no more.
    const double Seconds = 15;

    // What the broker is to hold of prompts.
    const int MostCharacters = 200_000_000;

    /// <summary>How far the limits are that the provider tells.</summary>
    public Distance Limits { get; init; }

    /// <summary>The limit that it tells, in requests a minute.</summary>
    public double PerMinute { get; init; }

    public ToldLimits? Told => Limits == Distance.None ? null : new(PerMinute, Call.Tokens);

    /// <summary>No more jobs than the slots can do in a while.</summary>
    public static Round Of(int milliseconds, ushort concurrency, int most, Call call)
    {
        var jobs = Math.Min(most, MostCharacters / call.Characters);
        return new(TimeSpan.FromMilliseconds(milliseconds), concurrency,
            milliseconds == 0 ? jobs : (int)Math.Min(jobs, concurrency * 1_000.0 / milliseconds * Seconds), call);
    }
}
