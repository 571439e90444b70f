using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Operations.Text.Chat;

/// <summary>
/// A message of Chat Completions that calls functions, which is sent back unchanged with their answers. Providers
/// require the model's reasoning (<c>reasoning_content</c>, <c>reasoning_details</c>) and the signatures of its calls
/// (<c>extra_content</c>), and refuse the next request without them.
/// </summary>
static class ChatTurn
{
    /// <param name="message">The message.</param>
    /// <param name="calls">Its calls, with the ids for their answers.</param>
    public static JsonElement Of(JsonElement message, IReadOnlyList<ToolCall> calls)
    {
        var body = new JsonBody { { "role", "assistant" } };
        foreach (var member in message.EnumerateObject().Where(member => member.NameText() is not null)
            .DistinctBy(member => member.Name))
            Add(body, member);
        body.Add("tool_calls", Calls(ChatContent.CallsOf(message).ToList(), calls));
        return body.ToJson();
    }

    // The bytes are a file of the result, and too large to travel with the job. OpenAI accepts a sound by its id.
    static void Add(JsonBody body, JsonProperty member)
    {
        switch (member.Name)
        {
            case "role" or "tool_calls" or "function_call" or "images":
                break;
            case "audio":
                body.Add("audio", new JsonBody { { "id", member.Value.Text("id") } });
                break;
            // The same applies to images; calls have their own member.
            case "content" when member.Value.ValueKind == JsonValueKind.Array:
                body.Add("content", Kept(member.Value));
                break;
            // For some servers, null content marks a call.
            case var name when name == "content" || member.Value.ValueKind != JsonValueKind.Null:
                body.Add(name, member.Value);
                break;
        }
    }

    static JsonElement Kept(JsonElement content) => JsonSerializer.SerializeToElement(
        content.EnumerateArray().Where(part => part.Text("type") is not ("tool_use" or "tool_call")
            && !(InlineMedia.IsOne(part) && InlineMedia.Has(part))));

    // An old function_call has become a tool call, too.
    static IEnumerable<JsonBody> Calls(List<JsonElement> came, IReadOnlyList<ToolCall> calls) =>
        calls.Select((call, index) => Call(index < came.Count ? came[index] : default, call));

    static JsonBody Call(JsonElement came, ToolCall call)
    {
        var body = new JsonBody { { "id", call.Id }, { "type", "function" } };
        AddRest(body, came, "id", "call_id", "type", "function", "name", "arguments", "input", "parameters");
        var function = new JsonBody { { "name", call.Name }, { "arguments", call.Arguments } };
        AddRest(function, came.Member("function") ?? default, "name", "arguments", "input", "parameters");
        body.Add("function", function);
        return body;
    }

    static void AddRest(JsonBody body, JsonElement came, params IReadOnlyCollection<string> known)
    {
        if (came.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in came.EnumerateObject()
            .Where(member => member.Value.ValueKind != JsonValueKind.Null && member.NameText() is not null)
            .DistinctBy(member => member.Name))
        {
            if (!known.Contains(member.Name))
                body.Add(member.Name, member.Value);
        }
    }
}
