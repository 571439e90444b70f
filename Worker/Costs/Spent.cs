using OpenAIWorker.Contracts;

namespace OpenAIWorker.Costs;

/// <summary>Adds up usage over the attempts at a job.</summary>
static class Spent
{
    const long MostTokens = 1_000_000_000_000;
    const double MostSeconds = 100_000_000;
    const int MostImages = 1_000_000;

    public static Usage? And(this Usage? one, Usage? other) => (one, other) switch
    {
        (null, _) => other,
        (_, null) => one,
        _ => new()
        {
            InputTokens = Sum(one.InputTokens, other.InputTokens),
            OutputTokens = Sum(one.OutputTokens, other.OutputTokens),
            CachedTokens = Sum(one.CachedTokens, other.CachedTokens),
            CacheWriteTokens = Sum(one.CacheWriteTokens, other.CacheWriteTokens),
            ReasoningTokens = Sum(one.ReasoningTokens, other.ReasoningTokens),
            TotalTokens = Sum(one.TotalTokens, other.TotalTokens),
            InputTextTokens = Sum(one.InputTextTokens, other.InputTextTokens),
            InputImageTokens = Sum(one.InputImageTokens, other.InputImageTokens),
            InputAudioTokens = Sum(one.InputAudioTokens, other.InputAudioTokens),
            OutputTextTokens = Sum(one.OutputTextTokens, other.OutputTextTokens),
            OutputImageTokens = Sum(one.OutputImageTokens, other.OutputImageTokens),
            OutputAudioTokens = Sum(one.OutputAudioTokens, other.OutputAudioTokens),
            AudioSeconds = Sum(one.AudioSeconds, other.AudioSeconds),
            Images = (int?)Sum(one.Images, (long?)other.Images),
        },
    };

    /// <summary>
    /// Removes impossible usage. It comes from providers and headers, and an infinite number could not be summed,
    /// priced or written.
    /// </summary>
    public static Usage? Plausible(this Usage? usage) => usage is null ? null : usage with
    {
        InputTokens = Tokens(usage.InputTokens) ?? 0,
        OutputTokens = Tokens(usage.OutputTokens) ?? 0,
        CachedTokens = Tokens(usage.CachedTokens) ?? 0,
        CacheWriteTokens = Tokens(usage.CacheWriteTokens) ?? 0,
        ReasoningTokens = Tokens(usage.ReasoningTokens) ?? 0,
        TotalTokens = Tokens(usage.TotalTokens) ?? 0,
        InputTextTokens = Tokens(usage.InputTextTokens),
        InputImageTokens = Tokens(usage.InputImageTokens),
        InputAudioTokens = Tokens(usage.InputAudioTokens),
        OutputTextTokens = Tokens(usage.OutputTextTokens),
        OutputImageTokens = Tokens(usage.OutputImageTokens),
        OutputAudioTokens = Tokens(usage.OutputAudioTokens),
        AudioSeconds = usage.AudioSeconds is >= 0 and <= MostSeconds ? usage.AudioSeconds : null,
        Images = usage.Images is >= 0 and <= MostImages ? usage.Images : null,
    };

    static long? Tokens(long? counted) => counted is >= 0 and <= MostTokens ? counted : null;

    static long Sum(long one, long other) => Math.Min(one + other, MostTokens);

    static long? Sum(long? one, long? other) => one is null && other is null ? null : Sum(one ?? 0, other ?? 0);

    static double? Sum(double? one, double? other) => one is null && other is null ? null : (one ?? 0) + (other ?? 0);
}
