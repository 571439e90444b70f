using OpenAIWorker.Emulator.Replies;

namespace OpenAIWorker.Emulator.Answers;

/// <summary>The output items of a response: thoughts, then a message or a function call.</summary>
static class ResponseOutput
{
    public static void Write(Utf8JsonWriter json, DraftedResponse response, string status)
    {
        if (response.Prompt.ReasoningTokens > 0)
        {
            WriteReasoning(json, response);
        }

        if (response.Reply.Function is { } function)
        {
            WriteFunctionCall(json, response, function);
        }
        else
        {
            WriteMessage(json, response, status);
        }
    }

    /// <summary>The items one by one, as a conversation keeps them.</summary>
    public static IEnumerable<JsonElement> Items(DraftedResponse response) => JsonElement.Parse(JsonText.Bytes(json =>
    {
        json.WriteStartArray();
        Write(json, response, response.StatusAt(response.DoneAt));
        json.WriteEndArray();
    }).Span).EnumerateArray();

    static void WriteReasoning(Utf8JsonWriter json, DraftedResponse response)
    {
        json.WriteStartObject();
        json.WriteString("id", response.ReasoningId);
        json.WriteString("type", "reasoning");
        json.WriteStartArray("summary");
        if (response.Body.Member("reasoning")?.Member("summary") is not null)
        {
            json.WriteStartObject();
            json.WriteString("type", "summary_text");
            json.WriteString("text", "I read the request twice and chose the simplest answer.");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteFunctionCall(Utf8JsonWriter json, DraftedResponse response, FunctionTool function)
    {
        json.WriteStartObject();
        json.WriteString("id", response.FunctionCallId);
        json.WriteString("type", "function_call");
        json.WriteString("status", "completed");
        json.WriteString("call_id", response.CallId);
        json.WriteString("name", function.Name);
        json.WriteString("arguments", response.Reply.Text);
        json.WriteEndObject();
    }

    static void WriteMessage(Utf8JsonWriter json, DraftedResponse response, string status)
    {
        json.WriteStartObject();
        json.WriteString("id", response.MessageId);
        json.WriteString("type", "message");
        json.WriteString("status", status);
        json.WriteString("role", "assistant");
        json.WriteStartArray("content");
        json.WriteStartObject();
        json.WriteString("type", "output_text");
        json.WriteString("text", response.Reply.Text);
        json.WriteStartArray("annotations");
        foreach (var annotation in response.Annotations)
        {
            annotation.WriteTo(json);
        }

        json.WriteEndArray();
        json.WritePropertyName("logprobs");
        WriteLogprobs(json, response);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteLogprobs(Utf8JsonWriter json, DraftedResponse response)
    {
        var isAsked = response.Body.Items("include").Any(item => item.ValueEquals("message.output_text.logprobs"));
        TokenLogprobs.Write(json, isAsked ? response.Reply.Text : "", response.Body.Whole("top_logprobs") ?? 0);
    }
}
