namespace OpenAIWorker.Emulator.Limits;

/// <summary>The limit of one API key for one model.</summary>
public sealed record RateLimit
{
    /// <summary>Requests per minute; null (default) means no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Tokens per minute; null (default) means no limit.</summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>How much of a minute may come at once: the bucket holds limit × burst / 60 s. Default 60 s.</summary>
    public TimeSpan Burst { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether a denied request still counts as a request, as it does at OpenAI. Default false.</summary>
    public bool CountsDenied { get; init; }

    internal RateLimit Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(RequestsPerMinute ?? 1, 1, nameof(RequestsPerMinute));
        ArgumentOutOfRangeException.ThrowIfLessThan(TokensPerMinute ?? 1, 1, nameof(TokensPerMinute));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Burst, TimeSpan.Zero);
        return this;
    }
}
