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
            ReasoningTokens = one.ReasoningTokens + other.ReasoningTokens,
            TotalTokens = one.TotalTokens + other.TotalTokens,
            AudioSeconds = Sum(one.AudioSeconds, other.AudioSeconds),
            Images = (int?)Sum(one.Images, other.Images),
        },
    };

    static double? Sum(double? one, double? other) => one is null && other is null ? null : (one ?? 0) + (other ?? 0);
}
