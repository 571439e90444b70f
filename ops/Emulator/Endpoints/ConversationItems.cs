using System.Text.Json.Nodes;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>The items of a conversation. Only one response to it is made at a time.</summary>
sealed class ConversationItems
{
    readonly Lock gate = new();
    readonly List<(JsonElement Item, DateTimeOffset Since)> kept = [];
    DateTimeOffset lockedUntil;

    /// <summary>False: it is already locked.</summary>
    public bool TryLock(DateTimeOffset now, DateTimeOffset until)
    {
        lock (gate)
        {
            if (lockedUntil > now)
            {
                return false;
            }

            lockedUntil = until;
            return true;
        }
    }

    public void Add(IEnumerable<JsonElement> items, DateTimeOffset since)
    {
        lock (gate)
        {
            kept.AddRange(items.Select(item => (item, since)));
        }
    }

    public List<JsonElement> Read(DateTimeOffset now)
    {
        lock (gate)
        {
            return [.. kept.Where(item => item.Since <= now).Select(item => item.Item)];
        }
    }

    /// <summary>A function call that neither the conversation nor the new input answers.</summary>
    public string? OpenCall(DateTimeOffset now, JsonElement body)
    {
        var items = Read(now);
        var answered = items.Concat(body.Items("input")).Where(item => item.Is("type", "function_call_output"))
            .Select(item => item.Text("call_id"));
        return items.Where(item => item.Is("type", "function_call")).Select(item => item.Text("call_id"))
            .Except(answered).FirstOrDefault();
    }

    /// <summary>Input as the API stores it: each item has an id, and each message has parts.</summary>
    public static IEnumerable<JsonElement> Of(JsonElement? input) => input switch
    {
        { ValueKind: JsonValueKind.String } text => [Message("user", text)],
        { ValueKind: JsonValueKind.Array } items => items.EnumerateArray().Select(Item),
        _ => [],
    };

    static JsonElement Item(JsonElement item)
    {
        if (item.Text("role") is { } role && item.Member("content") is { ValueKind: JsonValueKind.String } text)
        {
            return Message(role, text);
        }

        var whole = JsonObject.Create(item)!;
        whole.TryAdd("type", "message");
        whole["id"] ??= NewId.Of("item_");
        return JsonSerializer.SerializeToElement(whole);
    }

    static JsonElement Message(string role, JsonElement text) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["id"] = NewId.Of("msg_"),
        ["type"] = "message",
        ["status"] = "completed",
        ["role"] = role,
        ["content"] = new JsonArray(role == "assistant"
            ? new JsonObject
            {
                ["type"] = "output_text",
                ["text"] = text.GetString(),
                ["annotations"] = new JsonArray(),
                ["logprobs"] = new JsonArray()
            }
            : new JsonObject { ["type"] = "input_text", ["text"] = text.GetString() }),
    });
}
