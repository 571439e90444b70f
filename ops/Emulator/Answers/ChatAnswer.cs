using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAIWorker.Emulator.Answers;

/// <summary>The answer of <c>/chat/completions</c>.</summary>
static class ChatAnswer
{
    public static JsonObject To(Call call)
    {
        var body = call.Body;
        var functions = body.TryGetProperty("tools", out var tools)
            ? tools.EnumerateArray().Where(tool => tool.TryGetProperty("function", out _)).Select(tool => tool.GetProperty("function")).ToList()
            : [];
        var output = Output.To(body, body.GetProperty("messages"), body.TryGetProperty("response_format", out var format) ? format : default, functions);
        var count = body.TryGetProperty("n", out var n) && n.ValueKind == JsonValueKind.Number ? n.GetInt32() : 1;
        var (input, answered) = (TokenEstimate.Of(body), output.Tokens * count);
        return new()
        {
            ["id"] = $"chatcmpl-{Guid.NewGuid():N}",
            ["object"] = "chat.completion",
            ["created"] = call.At.ToUnixTimeSeconds(),
            ["model"] = call.Model,
            ["choices"] = new JsonArray([.. Enumerable.Range(0, count).Select(index => Choice(index, output, body))]),
            ["usage"] = new JsonObject
            {
                ["prompt_tokens"] = input,
                ["completion_tokens"] = answered,
                ["total_tokens"] = input + answered,
                ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = 0, ["audio_tokens"] = 0 },
                ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0, ["audio_tokens"] = 0 },
            },
            ["service_tier"] = "default",
            ["system_fingerprint"] = "fp_emulator",
        };
    }

    static JsonObject Choice(int index, Output output, JsonElement body) => new()
    {
        ["index"] = index,
        ["message"] = Message(output),
        ["logprobs"] = output.Text is not null && Logprobs.Wanted(body) ? new JsonObject { ["content"] = Logprobs.Of(output.Text) } : null,
        ["finish_reason"] = output.FunctionName is not null ? "tool_calls" : output.IsCut ? "length" : "stop",
    };

    static JsonObject Message(Output output)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = output.Text, ["refusal"] = null, ["annotations"] = new JsonArray() };
        if (output.FunctionName is not null)
            message["tool_calls"] = new JsonArray(new JsonObject
            {
                ["id"] = $"call_{Guid.NewGuid():N}",
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = output.FunctionName, ["arguments"] = output.Arguments },
            });
        return message;
    }
}
