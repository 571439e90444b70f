using OpenAIWorker.Emulator.Replies;

namespace OpenAIWorker.Emulator.Answers;

/// <summary>A chat.completion object.</summary>
static class ChatAnswer
{
    public static void Write(Utf8JsonWriter json, ApiCall call, Reply[] replies)
    {
        json.WriteStartObject();
        json.WriteString("id", NewId.Of("chatcmpl-"));
        json.WriteString("object", "chat.completion");
        json.WriteNumber("created", call.CreatedAt);
        json.WriteString("model", call.Model);
        json.WriteStartArray("choices");
        for (var index = 0; index < replies.Length; index++)
        {
            WriteChoice(json, call.Body, replies[index], index);
        }

        json.WriteEndArray();
        json.WritePropertyName("usage");
        WriteUsage(json, call.Prompt, replies.Sum(reply => reply.Tokens));
        json.WriteString("service_tier", ServiceTier.Used(call.Body));
        json.WriteString("system_fingerprint", "fp_emulator");
        json.WriteEndObject();
    }

    static void WriteChoice(Utf8JsonWriter json, JsonElement body, Reply reply, int index)
    {
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WritePropertyName("message");
        WriteMessage(json, reply);
        WriteLogprobs(json, body, reply);
        json.WriteString("finish_reason", reply switch
        {
            { Calls.Count: > 0 } => "tool_calls",
            { IsCut: true } => "length",
            _ => "stop",
        });
        json.WriteEndObject();
    }

    static void WriteMessage(Utf8JsonWriter json, Reply reply)
    {
        json.WriteStartObject();
        json.WriteString("role", "assistant");
        json.WriteString("content", reply.Calls.Count == 0 ? reply.Text : null);
        if (reply.Calls.Count > 0)
        {
            WriteToolCalls(json, reply.Calls);
        }

        json.WriteNull("refusal");
        json.WriteStartArray("annotations");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteToolCalls(Utf8JsonWriter json, IReadOnlyList<FunctionCall> calls)
    {
        json.WriteStartArray("tool_calls");
        foreach (var call in calls)
        {
            json.WriteStartObject();
            json.WriteString("id", call.CallId);
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", call.Name);
            json.WriteString("arguments", call.Arguments);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteLogprobs(Utf8JsonWriter json, JsonElement body, Reply reply)
    {
        if (!body.IsTrue("logprobs") || reply.Calls.Count > 0)
        {
            json.WriteNull("logprobs");
            return;
        }

        json.WriteStartObject("logprobs");
        json.WritePropertyName("content");
        TokenLogprobs.Write(json, reply.Text, body.Whole("top_logprobs") ?? 0);
        json.WriteNull("refusal");
        json.WriteEndObject();
    }

    static void WriteUsage(Utf8JsonWriter json, Prompt prompt, int replyTokens)
    {
        var completion = replyTokens + prompt.ReasoningTokens;
        json.WriteStartObject();
        json.WriteNumber("prompt_tokens", prompt.Tokens);
        json.WriteNumber("completion_tokens", completion);
        json.WriteNumber("total_tokens", prompt.Tokens + completion);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", 0);
        json.WriteNumber("audio_tokens", 0);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details");
        json.WriteNumber("reasoning_tokens", prompt.ReasoningTokens);
        json.WriteNumber("audio_tokens", 0);
        json.WriteNumber("accepted_prediction_tokens", 0);
        json.WriteNumber("rejected_prediction_tokens", 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
