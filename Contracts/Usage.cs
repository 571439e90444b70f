namespace OpenAIWorker.Contracts;

/// <summary>What a job used, as the API counted it.</summary>
public sealed record Usage
{
    /// <summary>Tokens of the input, cached ones included.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens of the output, reasoning included.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Input tokens that came from the prompt cache.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Output tokens spent on reasoning.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>Input and output together.</summary>
    public long TotalTokens { get; init; }

    /// <summary>Seconds of sound, where they are counted and not tokens.</summary>
    public double? AudioSeconds { get; init; }

    /// <summary>Images that were made.</summary>
    public int? Images { get; init; }
}
