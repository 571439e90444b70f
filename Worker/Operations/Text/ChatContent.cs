using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Text;

/// <summary>What a choice of Chat Completions says. Servers write the content as a text, as a list of parts, or as the JSON that was asked for.</summary>
/// <param name="Text">The answer.</param>
/// <param name="Reasoning">What the model thought before.</param>
/// <param name="Refusal">Its words where it refused.</param>
/// <param name="Other">Whatever else there is, as it is.</param>
sealed record ChatContent(string? Text, string? Reasoning, string? Refusal, IReadOnlyList<JsonElement> Other)
{
    public static ChatContent Of(JsonElement choice)
    {
        var message = choice.Member("message") ?? default;
        var content = message.Member("content") ?? choice.Member("text") ?? default;
        var parts = content.ValueKind == JsonValueKind.Array ? content.EnumerateArray().ToList() : [];
        return new(
            TextOf(content, parts) ?? message.Member("audio")?.Text("transcript"),
            message.Text("reasoning_content") ?? message.Text("reasoning") ?? message.Text("thinking") ?? Joined(parts, Thought),
            message.Text("refusal") ?? Joined(parts, part => part.Text("refusal")),
            [.. Others(message, parts)]);
    }

    /// <summary>What stands beside the choices: the sources of servers that search on the web.</summary>
    public static IEnumerable<JsonElement> Beside(JsonElement body)
    {
        foreach (var name in (string[])["citations", "search_results"])
        {
            if (body.Items(name).Any())
                yield return With(new() { ["type"] = name }, name, body.Member(name)!.Value);
        }
    }

    static string? TextOf(JsonElement content, List<JsonElement> parts) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString(),
        JsonValueKind.Object => content.Text("text") ?? content.GetRawText(),
        JsonValueKind.Array => Joined(parts, Said),
        _ => null,
    };

    static string? Said(JsonElement part) => part.ValueKind == JsonValueKind.String
        ? part.GetString()
        : part.Text("type") is null or "text" or "output_text" ? part.Text("text") ?? part.Member("text")?.Text("value") : null;

    static string? Thought(JsonElement part) => part.Text("type") is not ("thinking" or "reasoning" or "reasoning_text")
        ? null
        : part.Text("thinking") ?? part.Text("reasoning") ?? part.Text("text") ?? Joined([.. part.Items("thinking"), .. part.Items("summary")], Said);

    static string? Joined(IEnumerable<JsonElement> parts, Func<JsonElement, string?> read)
    {
        var texts = parts.Select(read).OfType<string>().ToList();
        return texts.Count == 0 ? null : string.Concat(texts);
    }

    static IEnumerable<JsonElement> Others(JsonElement message, List<JsonElement> parts)
    {
        foreach (var part in parts)
        {
            if (part.ValueKind == JsonValueKind.Object && Said(part) is null && Thought(part) is null && part.Text("refusal") is null)
                yield return part;
        }
        foreach (var call in message.Items("tool_calls"))
        {
            if (call.Member("function") is null)
                yield return call;
        }
        foreach (var image in message.Items("images"))
        {
            if (MadeFiles.DataOf(image) is null)
                yield return image;
        }
        // Its words are in reasoning; what is sealed has to be handed back as it is.
        foreach (var detail in message.Items("reasoning_details"))
        {
            if (detail.Text("text") is null && detail.Text("summary") is null || detail.Text("signature") is not null)
                yield return detail;
        }
        // Its bytes are a file; its id is what a later message refers to.
        if (message.Member("audio") is { ValueKind: JsonValueKind.Object } audio)
            yield return With(new() { ["type"] = "audio", ["id"] = audio.Text("id"), ["expires_at"] = audio.Number("expires_at"), ["transcript"] = audio.Text("transcript") });
    }

    static JsonElement With(JsonObject tree, string? name = null, JsonElement member = default)
    {
        if (name is not null)
            tree[name] = JsonNode.Parse(member.GetRawText());
        return JsonSerializer.SerializeToElement(tree);
    }
}
