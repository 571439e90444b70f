using OpenAIWorker.Emulator.Replies;

namespace OpenAIWorker.Emulator.Answers;

/// <summary>The output items of a response: reasoning, then an image, then a message or function calls.</summary>
static class ResponseOutput
{
    public static void Write(Utf8JsonWriter json, DraftedResponse response, string status)
    {
        if (response.Prompt.ReasoningTokens > 0)
        {
            WriteReasoning(json, response);
        }

        if (Draws(response))
        {
            WritePicture(json, response);
        }

        foreach (var call in response.Reply.Calls)
        {
            WriteFunctionCall(json, call);
        }

        if (response.Reply.Calls.Count == 0)
        {
            WriteMessage(json, response, status);
        }
    }

    // An image is made if the request has the tool and the user asks for one.
    static bool Draws(DraftedResponse response) =>
        response.Body.Items("tools").Any(tool => tool.Is("type", "image_generation"))
            && response.Prompt.Text.Contains("draw", StringComparison.OrdinalIgnoreCase);

    static void WritePicture(Utf8JsonWriter json, DraftedResponse response)
    {
        json.WriteStartObject();
        json.WriteString("id", response.PictureId);
        json.WriteString("type", "image_generation_call");
        json.WriteString("status", "completed");
        json.WriteString("output_format", "png");
        json.WriteString("result", Convert.ToBase64String(Pictures.Png));
        json.WriteEndObject();
    }

    /// <summary>The items one by one, as a conversation stores them.</summary>
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
        if (response.Body.Items("include").Any(item => item.ValueEquals("reasoning.encrypted_content")))
        {
            json.WriteString("encrypted_content", $"sealed-{response.ReasoningId}");
        }

        json.WriteEndObject();
    }

    static void WriteFunctionCall(Utf8JsonWriter json, FunctionCall call)
    {
        json.WriteStartObject();
        json.WriteString("id", call.ItemId);
        json.WriteString("type", "function_call");
        json.WriteString("status", "completed");
        json.WriteString("call_id", call.CallId);
        json.WriteString("name", call.Name);
        json.WriteString("arguments", call.Arguments);
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
