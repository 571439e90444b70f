using System.Text.Json.Nodes;

namespace OpenAIWorker.Web.OpenAI.Streams;

/// <summary>Splits a chat completion, or a plain one, into chunks.</summary>
static class CompletionEvents
{
    const string Chat = "chat.completion";
    const string Choices = "choices";
    const string Usage = "usage";

    public static IEnumerable<JsonObject> Of(JsonObject answer, bool hasUsage)
    {
        var choices = (answer[Choices] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var isChat = choices.Exists(choice => choice["message"] is not null);
        foreach (var (place, choice) in choices.Index())
        {
            choice["index"] ??= place;
            yield return Chunk(answer, isChat, isChat ? Told(choice) : (JsonObject)choice.DeepClone());
        }
        if (isChat)
            foreach (var choice in choices)
                yield return Chunk(answer, isChat, new JsonObject
                {
                    ["index"] = choice["index"]?.DeepClone(),
                    ["delta"] = new JsonObject(),
                    ["logprobs"] = null,
                    ["finish_reason"] = choice["finish_reason"]?.DeepClone(),
                });
        if (!hasUsage)
            yield break;
        var last = Chunk(answer, isChat);
        last[Usage] = answer[Usage]?.DeepClone();
        yield return last;
    }

    static JsonObject Told(JsonObject choice)
    {
        var delta = choice["message"]?.DeepClone() as JsonObject ?? [];
        if (delta["tool_calls"] is JsonArray calls)
            foreach (var (index, call) in calls.OfType<JsonObject>().Index())
            {
                call["index"] = index;
                if (call["function"] is JsonObject function && function["arguments"] is JsonObject arguments)
                    function["arguments"] = arguments.ToJsonString();
            }
        return new()
        {
            ["index"] = choice["index"]?.DeepClone(),
            ["delta"] = delta,
            ["logprobs"] = choice["logprobs"]?.DeepClone(),
            ["finish_reason"] = null,
        };
    }

    static JsonObject Chunk(JsonObject answer, bool isChat, params JsonNode[] choices)
    {
        var chunk = new JsonObject();
        foreach (var (name, value) in answer)
            if (name is not (Choices or Usage))
                chunk[name] = value?.DeepClone();
        if (isChat)
            chunk["object"] = $"{Chat}.chunk";
        chunk[Choices] = new JsonArray(choices);
        return chunk;
    }
}
