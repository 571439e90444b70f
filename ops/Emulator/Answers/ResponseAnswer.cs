using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAIWorker.Emulator.Answers;

/// <summary>The answer of <c>/responses</c>.</summary>
static class ResponseAnswer
{
    public static JsonObject To(Call call)
    {
        var body = call.Body;
        var input = Member(body, "input");
        var functions = Member(body, "tools") is { ValueKind: JsonValueKind.Array } tools
            ? tools.EnumerateArray().Where(tool => tool.GetProperty("type").GetString() == "function").ToList()
            : [];
        var output = Output.To(body, input, Member(Member(body, "text"), "format"), functions);
        return new()
        {
            ["id"] = $"resp_{Guid.NewGuid():N}",
            ["object"] = "response",
            ["created_at"] = call.At.ToUnixTimeSeconds(),
            ["status"] = output.IsCut ? "incomplete" : "completed",
            ["background"] = Member(body, "background").ValueKind == JsonValueKind.True,
            ["error"] = null,
            ["incomplete_details"] = output.IsCut ? new JsonObject { ["reason"] = "max_output_tokens" } : null,
            ["model"] = call.Model,
            ["output"] = new JsonArray(Item(output, body)),
            ["parallel_tool_calls"] = true,
            ["previous_response_id"] = Copy(body, "previous_response_id"),
            ["conversation"] = Conversation(Member(body, "conversation")),
            ["service_tier"] = Member(body, "service_tier") is { ValueKind: JsonValueKind.String } tier && tier.GetString() != "auto" ? tier.GetString() : "default",
            ["store"] = true,
            ["metadata"] = Copy(body, "metadata") ?? new JsonObject(),
            ["usage"] = Usage(TokenEstimate.Of(body), output.Tokens),
        };
    }

    static JsonObject Item(Output output, JsonElement body) => output.FunctionName is not null
        ? new()
        {
            ["type"] = "function_call",
            ["id"] = $"fc_{Guid.NewGuid():N}",
            ["call_id"] = $"call_{Guid.NewGuid():N}",
            ["status"] = "completed",
            ["name"] = output.FunctionName,
            ["arguments"] = output.Arguments,
        }
        : new()
        {
            ["type"] = "message",
            ["id"] = $"msg_{Guid.NewGuid():N}",
            ["status"] = output.IsCut ? "incomplete" : "completed",
            ["role"] = "assistant",
            ["content"] = new JsonArray(new JsonObject
            {
                ["type"] = "output_text",
                ["text"] = output.Text,
                ["annotations"] = new JsonArray(),
                ["logprobs"] = Logprobs.Wanted(body) ? Logprobs.Of(output.Text!) : new JsonArray(),
            }),
        };

    static JsonObject Usage(int input, int output) => new()
    {
        ["input_tokens"] = input,
        ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = 0 },
        ["output_tokens"] = output,
        ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0 },
        ["total_tokens"] = input + output,
    };

    static JsonNode? Conversation(JsonElement given) => given.ValueKind switch
    {
        JsonValueKind.String => new JsonObject { ["id"] = given.GetString() },
        JsonValueKind.Object => JsonNode.Parse(given.GetRawText()),
        _ => null,
    };

    static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    static JsonNode? Copy(JsonElement body, string name) => body.TryGetProperty(name, out var member) ? JsonNode.Parse(member.GetRawText()) : null;
}
