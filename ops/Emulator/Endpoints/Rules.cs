using System.Text.Json;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>Rules between fields that several families have.</summary>
static class Rules
{
    /// <summary>The format <c>json_object</c> is refused unless a message has the word JSON in it.</summary>
    public static void JsonIsSpokenOf(JsonElement body, string outer, string? inner, string param, params ReadOnlySpan<string> texts)
    {
        if (!body.TryGetProperty(outer, out var format) || format.ValueKind != JsonValueKind.Object)
            return;
        if (inner is not null && !format.TryGetProperty(inner, out format))
            return;
        if (!format.TryGetProperty("type", out var type) || type.GetString() != "json_object")
            return;
        foreach (var name in texts)
        {
            if (body.TryGetProperty(name, out var text) && text.GetRawText().Contains("json", StringComparison.OrdinalIgnoreCase))
                return;
        }
        throw new ApiException(400, $"'{texts[0]}' must contain the word 'json' in some form, to use '{param}' of type 'json_object'.", param: texts[0]);
    }

    /// <summary>OpenAI can stream; this emulator cannot, and says so.</summary>
    public static void NoStream(JsonElement body)
    {
        if (body.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True)
            throw new ApiException(400, "The emulator does not stream.", param: "stream", code: "unsupported_value");
    }
}
