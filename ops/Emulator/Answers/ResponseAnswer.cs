using OpenAIWorker.Emulator.Replies;
using OpenAIWorker.Emulator.Requests;

namespace OpenAIWorker.Emulator.Answers;

/// <summary>A response object.</summary>
static class ResponseAnswer
{
    static readonly EchoedField[] Echoed =
    [
        new("background", "false"),
        new("instructions", "null"),
        new("max_output_tokens", "null"),
        new("max_tool_calls", "null"),
        new("metadata", "{}"),
        new("parallel_tool_calls", "true"),
        new("previous_response_id", "null"),
        new("prompt_cache_key", "null"),
        new("reasoning", """{"effort":null,"summary":null}"""),
        new("safety_identifier", "null"),
        new("store", "true"),
        new("temperature", "1.0"),
        new("tool_choice", "\"auto\""),
        new("tools", "[]"),
        new("top_logprobs", "0"),
        new("top_p", "1.0"),
        new("truncation", "\"disabled\""),
    ];

    static readonly EchoedField Format = new("format", """{"type":"text"}""");
    static readonly EchoedField Verbosity = new("verbosity", "\"medium\"");

    public static void Write(Utf8JsonWriter json, DraftedResponse response, string status)
    {
        var isDone = status is "completed" or "incomplete";
        json.WriteStartObject();
        json.WriteString("id", response.Id);
        json.WriteString("object", "response");
        json.WriteNumber("created_at", response.CreatedAt.ToUnixTimeSeconds());
        json.WriteString("status", status);
        WriteCompletedAt(json, response, status);
        json.WriteNull("error");
        WriteIncompleteDetails(json, status);
        json.WriteString("model", response.Model);
        WriteConversation(json, response.Body);
        json.WriteString("service_tier", ServiceTier.Used(response.Body));
        WriteText(json, response.Body);
        foreach (var field in Echoed)
        {
            field.Write(json, response.Body);
        }

        if (response.Body.Member("user") is { } user)
        {
            json.WritePropertyName("user");
            user.WriteTo(json);
        }

        json.WriteStartArray("output");
        if (isDone)
        {
            ResponseOutput.Write(json, response, status);
        }

        json.WriteEndArray();
        if (isDone)
        {
            WriteUsage(json, response);
        }

        json.WriteEndObject();
    }

    static void WriteCompletedAt(Utf8JsonWriter json, DraftedResponse response, string status)
    {
        if (status is "completed")
        {
            json.WriteNumber("completed_at", response.DoneAt.ToUnixTimeSeconds());
        }
        else
        {
            json.WriteNull("completed_at");
        }
    }

    static void WriteIncompleteDetails(Utf8JsonWriter json, string status)
    {
        if (status is "incomplete")
        {
            json.WriteStartObject("incomplete_details");
            json.WriteString("reason", "max_output_tokens");
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("incomplete_details");
        }
    }

    /// <summary>The request has an id or an object; the answer has an object.</summary>
    static void WriteConversation(Utf8JsonWriter json, JsonElement body)
    {
        if (ResponsesRequest.ConversationOf(body) is { } conversation)
        {
            json.WriteStartObject("conversation");
            json.WriteString("id", conversation);
            json.WriteEndObject();
        }
    }

    static void WriteText(Utf8JsonWriter json, JsonElement body)
    {
        var text = body.Member("text") ?? JsonElement.Parse("{}");
        json.WriteStartObject("text");
        Format.Write(json, text);
        Verbosity.Write(json, text);
        json.WriteEndObject();
    }

    static void WriteUsage(Utf8JsonWriter json, DraftedResponse done)
    {
        var output = done.Reply.Tokens + done.Prompt.ReasoningTokens;
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", done.Prompt.Tokens);
        json.WriteStartObject("input_tokens_details");
        json.WriteNumber("cached_tokens", 0);
        json.WriteNumber("cache_write_tokens", 0);
        json.WriteEndObject();
        json.WriteNumber("output_tokens", output);
        json.WriteStartObject("output_tokens_details");
        json.WriteNumber("reasoning_tokens", done.Prompt.ReasoningTokens);
        json.WriteEndObject();
        json.WriteNumber("total_tokens", done.Prompt.Tokens + output);
        json.WriteEndObject();
    }
}
