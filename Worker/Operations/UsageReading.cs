using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations;

/// <summary>The <c>usage</c> of an answer, under the names that its API gives to input and output.</summary>
static class UsageReading
{
    public static Usage? Usage(this JsonElement answer, string input = "input", string output = "output")
    {
        if (answer.Member("usage") is not { } usage)
            return null;
        var (inputTokens, outputTokens) = (usage.Number($"{input}_tokens") ?? 0, usage.Number($"{output}_tokens") ?? 0);
        return new()
        {
            InputTokens = inputTokens,
            OutputTokens = outputTokens,
            CachedTokens = usage.Member($"{input}_tokens_details")?.Number("cached_tokens") ?? 0,
            ReasoningTokens = usage.Member($"{output}_tokens_details")?.Number("reasoning_tokens") ?? 0,
            TotalTokens = usage.Number("total_tokens") ?? inputTokens + outputTokens,
            AudioSeconds = usage.Decimal("seconds"),
        };
    }
}
