using System.Text.Json.Nodes;
using OpenAIWorker.Emulator.Replies;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>A thread with its messages and runs.</summary>
sealed class NativeThread(string id, EmulatorOptions options)
{
    readonly Lock gate = new();
    DateTimeOffset doneAt;

    public string Id => id;

    public NativeThings Messages { get; } = new();

    public NativeThings Runs { get; } = new();

    public string? ActiveRun =>
        Runs.Read().Where(run => run.Text("status") is "queued" or "in_progress" or "requires_action")
            .Select(run => run.Text("id")).FirstOrDefault();

    long Now => options.Time.GetUtcNow().ToUnixTimeSeconds();

    public JsonObject Say(JsonElement body)
    {
        var content = body.Member("content") is { ValueKind: JsonValueKind.String } text
            ? TextPart(text.GetString()!)
            : new JsonArray([.. body.Items("content").Select(Kept)]);
        return Messages.Keep(Message(body.Text("role")!, content, null, body));
    }

    public JsonObject Start(JsonElement body, JsonObject assistant)
    {
        doneAt = options.Time.GetUtcNow() + options.BackgroundTime;
        return Runs.Keep(Times(new()
        {
            ["id"] = NewId.Of("run_"),
            ["object"] = "thread.run",
            ["created_at"] = Now,
            ["thread_id"] = id,
            ["assistant_id"] = (string?)assistant["id"],
            ["model"] = body.Text("model") ?? (string?)assistant["model"],
            ["status"] = "queued",
            ["tools"] = JsonNode.Parse(body.Member("tools")?.GetRawText() ?? assistant["tools"]!.ToJsonString()),
            ["instructions"] = body.Text("instructions") ?? (string?)assistant["instructions"] ?? "",
            ["temperature"] = assistant["temperature"]?.DeepClone(),
            ["top_p"] = assistant["top_p"]?.DeepClone(),
            ["max_prompt_tokens"] = Echo(body, "max_prompt_tokens", "null"),
            ["max_completion_tokens"] = Echo(body, "max_completion_tokens", "null"),
            ["truncation_strategy"] = new JsonObject { ["type"] = "auto", ["last_messages"] = null },
            ["tool_choice"] = Echo(body, "tool_choice", "\"auto\""),
            ["parallel_tool_calls"] = true,
            ["incomplete_details"] = null,
            ["response_format"] = assistant["response_format"]!.DeepClone(),
            ["metadata"] = JsonNode.Parse(body.Member("metadata")?.GetRawText() ?? "{}"),
            ["required_action"] = null,
            ["last_error"] = null,
            ["usage"] = null,
        }));
    }

    static JsonNode? Echo(JsonElement body, string name, string whenOmitted) =>
        JsonNode.Parse(body.Member(name)?.GetRawText() ?? whenOmitted);

    JsonObject Times(JsonObject run)
    {
        run["expires_at"] = Now + 600;
        foreach (var time in (string[])["started_at", "cancelled_at", "failed_at", "completed_at"])
        {
            run[time] = null;
        }

        return run;
    }

    public JsonObject Resume(JsonObject run)
    {
        doneAt = options.Time.GetUtcNow() + options.BackgroundTime;
        (run["status"], run["required_action"], run["has_answers"]) = ("queued", null, true);
        return Runs.Keep(run);
    }

    /// <summary>Ends the run if its time is over.</summary>
    public void Advance()
    {
        lock (gate)
        {
            if (ActiveRun is { } active && Runs.Find(active) is { } run && (string?)run["status"] == "queued"
                && options.Time.GetUtcNow() >= doneAt)
            {
                End(run);
            }
        }
    }

    void End(JsonObject run)
    {
        var said = Messages.Read().Last(message => message.Is("role", "user")).Items("content")
            .Select(part => part.Member("text")?.Text("value") ?? part.Text("text")).FirstOrDefault() ?? "";
        var body = JsonSerializer.SerializeToElement(run);
        var prompt = new Prompt
        {
            Text = said,
            Format = ReplyFormat.Of(body.Member("response_format")),
            Functions = run["has_answers"] is null ? FunctionTool.Pick(body, said) : []
        };
        var reply = Reply.To(prompt);
        run["usage"] = new JsonObject
        {
            ["prompt_tokens"] = prompt.Tokens,
            ["completion_tokens"] = reply.Tokens,
            ["total_tokens"] = prompt.Tokens + reply.Tokens
        };
        if (reply.Calls.Count > 0)
        {
            (run["status"], run["required_action"]) = ("requires_action", Demand(reply.Calls));
        }
        else
        {
            (run["status"], run["completed_at"]) = ("completed", Now);
            Messages.Keep(Message("assistant", TextPart(reply.Text), (string?)run["id"], null));
        }

        Runs.Keep(run);
    }

    static JsonObject Demand(IEnumerable<FunctionCall> calls) => new()
    {
        ["type"] = "submit_tool_outputs",
        ["submit_tool_outputs"] = new JsonObject
        {
            ["tool_calls"] = new JsonArray([.. calls.Select(call => new JsonObject
            {
                ["id"] = call.CallId,
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments },
            })]),
        },
    };

    JsonObject Message(string role, JsonNode? content, string? run, JsonElement? said) => new()
    {
        ["id"] = NewId.Of("msg_"),
        ["object"] = "thread.message",
        ["created_at"] = Now,
        ["thread_id"] = id,
        ["role"] = role,
        ["content"] = content,
        ["run_id"] = run,
        ["assistant_id"] = null,
        ["status"] = "completed",
        ["completed_at"] = Now,
        ["incomplete_at"] = null,
        ["incomplete_details"] = null,
        ["attachments"] = JsonNode.Parse(said?.Member("attachments")?.GetRawText() ?? "[]"),
        ["metadata"] = JsonNode.Parse(said?.Member("metadata")?.GetRawText() ?? "{}"),
    };

    static JsonNode? Kept(JsonElement part) =>
        part.Text("text") is { } text ? TextPart(text)[0]!.DeepClone() : JsonNode.Parse(part.GetRawText());

    static JsonArray TextPart(string text) =>
        [new JsonObject { ["type"] = "text",
            ["text"] = new JsonObject { ["value"] = text, ["annotations"] = new JsonArray() } }];
}
