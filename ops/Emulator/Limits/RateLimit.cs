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

    /// <summary>How a provider counts tokens that counts otherwise than OpenAI. Null (default): as OpenAI.</summary>
    public TokenCount? Count { get; init; }

    /// <summary>What answers tell of the limit. Default: all, as OpenAI's do.</summary>
    public ToldLimits Tells { get; init; }

    internal RateLimit Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(RequestsPerMinute ?? 1, 1, nameof(RequestsPerMinute));
        ArgumentOutOfRangeException.ThrowIfLessThan(TokensPerMinute ?? 1, 1, nameof(TokensPerMinute));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Burst, TimeSpan.Zero);
        return this;
    }
}

/// <summary>
/// A provider's own count of a call: characters / 4, so many times and so many more, and all the output that it allows.
/// </summary>
/// <param name="Factor">How many times the input's estimated tokens.</param>
/// <param name="Overhead">How many tokens more for each call.</param>
public sealed record TokenCount(double Factor = 1, int Overhead = 0);

/// <summary>What the answers of a provider tell of its limits.</summary>
public enum ToldLimits
{
    /// <summary>Requests and tokens, in headers, and in the words of a refusal.</summary>
    All,

    /// <summary>Requests, in headers.</summary>
    Requests,

    /// <summary>Nothing. A refusal does not even say which limit it was.</summary>
    Nothing,
}
