using OpenAIWorker.Contracts;

namespace OpenAIWorker.Costs;

/// <summary>Usage that adds up, over the attempts at a job.</summary>
static class Spent
{
    public static Usage? And(this Usage? one, Usage? other) => (one, other) switch
    {
        (null, _) => other,
        (_, null) => one,
        _ => new()
        {
            InputTokens = one.InputTokens + other.InputTokens,
            OutputTokens = one.OutputTokens + other.OutputTokens,
            CachedTokens = one.CachedTokens + other.CachedTokens,
            CacheWriteTokens = one.CacheWriteTokens + other.CacheWriteTokens,
            ReasoningTokens = one.ReasoningTokens + other.ReasoningTokens,
            TotalTokens = one.TotalTokens + other.TotalTokens,
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

    static long? Sum(long? one, long? other) => one is null && other is null ? null : (one ?? 0) + (other ?? 0);

    static double? Sum(double? one, double? other) => one is null && other is null ? null : (one ?? 0) + (other ?? 0);
}
