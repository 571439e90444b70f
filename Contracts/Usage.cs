namespace OpenAIWorker.Contracts;

/// <summary>Tokens of a call, as the API counted them.</summary>
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
}
