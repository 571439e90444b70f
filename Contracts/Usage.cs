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

    /// <summary>Input tokens that were written to the prompt cache. Some models charge more for them.</summary>
    public long CacheWriteTokens { get; init; }

    /// <summary>Output tokens spent on reasoning.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>Input and output together.</summary>
    public long TotalTokens { get; init; }

    /// <summary>Of the input tokens, those of text, where the API tells them apart.</summary>
    public long? InputTextTokens { get; init; }

    /// <summary>Of the input tokens, those of images, where the API tells them apart.</summary>
    public long? InputImageTokens { get; init; }

    /// <summary>Of the input tokens, those of sound, where the API tells them apart.</summary>
    public long? InputAudioTokens { get; init; }

    /// <summary>Of the output tokens, those of text, where the API tells them apart.</summary>
    public long? OutputTextTokens { get; init; }

    /// <summary>Of the output tokens, those of images, where the API tells them apart.</summary>
    public long? OutputImageTokens { get; init; }

    /// <summary>Of the output tokens, those of sound, where the API tells them apart.</summary>
    public long? OutputAudioTokens { get; init; }

    /// <summary>Seconds of sound, where they are counted and not tokens.</summary>
    public double? AudioSeconds { get; init; }

    /// <summary>Images that were made.</summary>
    public int? Images { get; init; }
}
