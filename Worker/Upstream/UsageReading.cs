using System.Text.Json;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Upstream;

/// <summary>The <c>usage</c> of an answer. Older APIs call input and output prompt and completion.</summary>
static class UsageReading
{
    public static Usage? Usage(this JsonElement answer)
    {
        if (answer.Member("usage") is not { ValueKind: JsonValueKind.Object } usage)
            return null;
        var (input, output) = (usage.Number("input_tokens") ?? usage.Number("prompt_tokens") ?? 0, usage.Number("output_tokens") ?? usage.Number("completion_tokens") ?? 0);
        return new()
        {
            InputTokens = input,
            OutputTokens = output,
            CachedTokens = Details(usage, "input_tokens_details", "prompt_tokens_details")?.Number("cached_tokens") ?? 0,
            ReasoningTokens = Details(usage, "output_tokens_details", "completion_tokens_details")?.Number("reasoning_tokens") ?? 0,
            TotalTokens = usage.Number("total_tokens") ?? input + output,
            AudioSeconds = usage.Decimal("seconds"),
        };
    }

    static JsonElement? Details(JsonElement usage, string name, string olderName) => usage.Member(name) ?? usage.Member(olderName);
}
