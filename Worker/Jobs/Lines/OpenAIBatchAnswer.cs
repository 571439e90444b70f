using System.Text.Json;
using OpenAIWorker.Json;

namespace OpenAIWorker.Jobs.Lines;

/// <summary>
/// A line of the output of OpenAI's Batch API: <c>{"id", "custom_id", "response", "error"}</c>. If the provider
/// answered, its answer is the response, as in OpenAI's own error file; otherwise the line has the error instead.
/// </summary>
static class OpenAIBatchAnswer
{
    /// <summary>Writes the members of a job's ending.</summary>
    public static void Write(Utf8JsonWriter json, string id, string? customId, JsonElement ending, bool isCompleted)
    {
        if (ProviderReply.Of(ending, isCompleted) is { } reply)
            Write(json, id, customId, reply);
        else
            WriteError(json, id, customId, ending.Text("code"), ending.Text("message"));
    }

    /// <summary>Writes the members for a line that the provider did not answer.</summary>
    public static void WriteError(Utf8JsonWriter json, string id, string? customId, string? code, string? message)
    {
        json.WriteString("id", id);
        json.WriteString("custom_id", customId);
        json.WriteNull("response");
        json.WriteStartObject("error");
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, string id, string? customId, ProviderReply reply)
    {
        json.WriteString("id", id);
        json.WriteString("custom_id", customId);
        json.WriteStartObject("response");
        json.WriteNumber("status_code", reply.StatusCode);
        json.WriteString("request_id", reply.RequestId);
        json.WritePropertyName("body");
        if (reply.Body is { } body)
            body.WriteTo(json);
        else
            json.WriteNullValue();
        json.WriteEndObject();
        json.WriteNull("error");
    }
}
