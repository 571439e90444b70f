using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;
using OpenAIWorker.Json;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>
/// The <c>usage</c> of an answer. Older APIs call input and output prompt and completion. Impossible values are
/// ignored, because budgets, prices and estimates depend on them.
/// </summary>
static class UsageReading
{
    // No real call has used more tokens or seconds.
    const long MostTokens = 1_000_000_000;
    const double MostSeconds = 1_000_000;

    /// <summary>Null: the answer has no usage, or an empty one.</summary>
    public static Usage? Usage(this JsonElement answer)
    {
        if (CountsIn(answer) is not { } usage)
            return null;
        var input = usage.Tokens("input_tokens", "prompt_tokens", "inputTokens", "promptTokens", "promptTokenCount");
        var output = usage.Tokens("output_tokens", "completion_tokens", "outputTokens", "completionTokens",
            "candidatesTokenCount");
        var total = usage.Tokens("total_tokens", "totalTokens", "totalTokenCount");
        double? seconds = usage.Decimal("seconds") is >= 0 and <= MostSeconds and var heard ? heard : null;
        if ((input ?? output ?? total) is null && seconds is null)
            return null;
        var ofInput = Details(usage, "input_tokens_details", "input_token_details", "prompt_tokens_details");
        var ofOutput = Details(usage, "output_tokens_details", "output_token_details", "completion_tokens_details");
        var cached = ofInput.Tokens("cached_tokens")
            ?? usage.Tokens("cached_tokens", "prompt_cache_hit_tokens", "cache_read_input_tokens") ?? 0;
        var written = ofInput.Tokens("cache_write_tokens", "cache_creation_tokens")
            ?? usage.Tokens("cache_creation_input_tokens") ?? Written(usage) ?? 0;
        // Some count cached tokens in addition to the input.
        if (total is null && cached > input)
            input += cached + written;
        var reasoning = ofOutput.Tokens("reasoning_tokens") ?? usage.Tokens("reasoning_tokens", "thoughtsTokenCount")
            ?? 0;
        // Some count reasoning in addition to the output, and include it only in the total.
        if (reasoning > 0 && total == input + output + reasoning)
            output += reasoning;
        // Two of the three numbers give the third, and a total is at least its parts.
        if (total is { } all && (input is null) != (output is null))
            (input, output) = (input ?? Math.Max(all - output!.Value, 0), output ?? Math.Max(all - input!.Value, 0));
        total = Math.Max(total ?? 0, (input ?? 0) + (output ?? 0));
        return new()
        {
            InputTokens = input ?? 0,
            OutputTokens = output ?? 0,
            CachedTokens = Math.Min(cached, input ?? 0),
            CacheWriteTokens = written,
            ReasoningTokens = Math.Min(reasoning, output ?? 0),
            TotalTokens = total.Value,
            InputTextTokens = ofInput.Tokens("text_tokens"),
            InputImageTokens = ofInput.Tokens("image_tokens"),
            InputAudioTokens = ofInput.Tokens("audio_tokens"),
            OutputTextTokens = ofOutput.Tokens("text_tokens"),
            OutputImageTokens = ofOutput.Tokens("image_tokens"),
            OutputAudioTokens = ofOutput.Tokens("audio_tokens"),
            AudioSeconds = seconds,
        };
    }

    /// <summary>Whether an answer shows that it is billed.</summary>
    public static bool IsBilled(this JsonElement answer) =>
        answer.Usage() is { TotalTokens: > 0 } or { AudioSeconds: > 0 };

    // For transcripts the name is in the singular.
    static JsonElement Details(JsonElement usage, string name, string singular, string olderName) =>
        usage.Member(name) ?? usage.Member(singular) ?? usage.Member(olderName) ?? default;

    // Groq, Moonshot and Gemini use other places.
    static JsonElement? CountsIn(JsonElement answer)
    {
        foreach (var place in (ReadOnlySpan<JsonElement?>)
            [answer.Member("usage"), answer.Member("x_groq")?.Member("usage"),
                answer.Items("choices").FirstOrDefault().Member("usage"), answer.Member("usageMetadata")])
        {
            if (place is { ValueKind: JsonValueKind.Object })
                return place;
        }
        return null;
    }

    // For 5 minutes and for an hour.
    static long? Written(JsonElement usage) =>
        usage.Member("cache_creation") is { ValueKind: JsonValueKind.Object } kinds
        ? kinds.EnumerateObject().Where(kind => kind.NameText() is not null).Sum(kind => kinds.Tokens(kind.Name) ?? 0)
        : null;

    static long? Tokens(this JsonElement usage, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (usage.Number(name) is >= 0 and <= MostTokens and var tokens)
                return tokens;
        }
        return null;
    }
}
