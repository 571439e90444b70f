using System.Text.Json;

namespace OpenAIWorker.Emulator.Answers;

/// <summary>Tokens without a tokenizer: four characters each.</summary>
static class TokenEstimate
{
    public static int Of(string text) => Math.Max(1, text.Length / 4);

    /// <summary>All texts in a body.</summary>
    public static int Of(JsonElement body) => Math.Max(1, Characters(body) / 4);

    /// <summary>The bound of the output that the body sets.</summary>
    public static int Bound(JsonElement body)
    {
        foreach (var name in (ReadOnlySpan<string>)["max_output_tokens", "max_completion_tokens", "max_tokens"])
        {
            if (body.TryGetProperty(name, out var bound) && bound.ValueKind == JsonValueKind.Number && bound.TryGetInt32(out var tokens))
                return tokens;
        }
        return 0;
    }

    static int Characters(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Length,
        JsonValueKind.Array => value.EnumerateArray().Sum(Characters),
        JsonValueKind.Object => value.EnumerateObject().Sum(member => Characters(member.Value)),
        _ => 0,
    };
}
