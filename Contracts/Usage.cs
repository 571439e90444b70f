namespace OpenAIWorker.Contracts;

/// <summary>The usage of a job, as the API counted it.</summary>
public sealed record Usage
{
    /// <summary>Tokens of the input, cached ones included.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens of the output, reasoning included.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Input tokens that came from the prompt cache.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Input tokens that were written to the prompt cache. Some models charge more for them.</summary>
    public long CacheWriteTokens { get; init; }

    /// <summary>Output tokens spent on reasoning.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>Input and output together.</summary>
    public long TotalTokens { get; init; }

    /// <summary>Text tokens among the input tokens, if the API reports them.</summary>
    public long? InputTextTokens { get; init; }

    /// <summary>Image tokens among the input tokens, if the API reports them.</summary>
    public long? InputImageTokens { get; init; }

    /// <summary>Sound tokens among the input tokens, if the API reports them.</summary>
    public long? InputAudioTokens { get; init; }

    /// <summary>Text tokens among the output tokens, if the API reports them.</summary>
    public long? OutputTextTokens { get; init; }

    /// <summary>Image tokens among the output tokens, if the API reports them.</summary>
    public long? OutputImageTokens { get; init; }

    /// <summary>Sound tokens among the output tokens, if the API reports them.</summary>
    public long? OutputAudioTokens { get; init; }

    /// <summary>Seconds of sound, if the model is billed by them instead of tokens.</summary>
    public double? AudioSeconds { get; init; }

    /// <summary>Images that were made.</summary>
    public int? Images { get; init; }
}
