using OpenAIWorker.Emulator.Limits;

namespace OpenAIWorker.Bench;

/// <summary>The state before the first job.</summary>
sealed record Setup
{
    public static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);

    public int Workers { get; init; } = 1;

    /// <summary>The limit of <see cref="Prompts.Limited"/> at the emulator. Null: none.</summary>
    public RateLimit? Limit { get; init; }

    /// <summary>Whether the workers are told that limit.</summary>
    public bool IsTold { get; init; } = true;

    /// <summary>The metadata key that names a job's tenant.</summary>
    public string? Tenant { get; init; }

    /// <summary>The time that every call takes.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A published worker. Null: the one built beside this program.</summary>
    public string? Program { get; init; }

    /// <summary>The number of calls that the emulator remembers.</summary>
    public int KeptCalls { get; init; } = 300_000;

    /// <summary>Whether waits of jobs are counted.</summary>
    public bool CountsDelays { get; init; }

    /// <summary>Additional settings of the workers.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    public static RateLimit PerMinute(int? requests = null, int? tokens = null) =>
        new() { RequestsPerMinute = requests, TokensPerMinute = tokens, Burst = Burst };

    /// <summary>The limit as settings of the worker.</summary>
    public IEnumerable<string> LimitSettings()
    {
        if (Tenant is not null)
            yield return $"--Limits:Tenant={Tenant}";
        if (!IsTold || Limit is null)
            yield break;
        yield return $"--Limits:Groups:bench:Models={Prompts.Limited}";
        if (Limit.RequestsPerMinute is { } requests)
            yield return $"--Limits:Groups:bench:RequestsPerMinute={requests}";
        if (Limit.TokensPerMinute is { } tokens)
            yield return $"--Limits:Groups:bench:TokensPerMinute={tokens}";
    }
}
