using System.Text.Json;
using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Json;

namespace OpenAIWorker.Cli.Batch.Output;

/// <summary>
/// Endings as OpenAI's Batch API writes them: <c>{"id", "custom_id", "response", "error"}</c>. The id holds the line's
/// number and hash.
/// </summary>
static class OpenAILines
{
    const string Id = "batch_req_";

    public static void Write(Utf8JsonWriter json, JobLine line, JobEnding ending, bool echoes)
    {
        json.WriteStartObject();
        json.WriteString("id", $"{Id}{line.Number}_{line.Hash}");
        json.WriteString("custom_id", line.AnsweredId);
        if (ending.IsCompleted)
            Response(json, (int?)ending.Json.Number("status") ?? OK, ending.Json, Body(ending.Json));
        // Where the provider answered, its answer is the response, as in OpenAI's own error file; where not, the error
        // stands beside it.
        else if (ending.Json.Number("status") is { } status && ending.Json.Member("error") is { } error)
            Response(json, status is >= OK and < 300 ? BadGateway : (int)status, ending.Json,
                error.Member("body") ?? error, error.Member("body") is null ? "error" : null);
        else
            Error(json, ending.Json);
        if (echoes && line.Request is not null)
            Echo(json, line);
        json.WriteEndObject();
    }

    public static EarlierEnding? Read(JsonElement json, Func<JsonElement, decimal?> costOf)
    {
        if (json.Text("custom_id") is not { } customId || json.Text("id") is not { } id
            || !id.StartsWith(Id, StringComparison.Ordinal)
            || id[Id.Length..].Split('_') is not [var number, var hex] || !long.TryParse(number, out var line)
            || !LineHash.TryRead(hex, out var hash))
            return null;
        var response = json.Member("response");
        var isFailed = json.Member("error") is not null || response?.Number("status_code") is not (>= OK and < 300);
        return new(hash, customId, line, isFailed, response?.Member("body") is { } body ? costOf(body) : null);
    }

    const int OK = 200;

    // Of an answer that said success and was none: readers of the file go by the number.
    const int BadGateway = 502;

    // An answer that is no JSON object is a text, or a file that the worker kept.
    static JsonElement? Body(JsonElement ending) =>
        ending.Member("raw") ?? ending.Member("body") ?? ending.Member("text") ?? ending.Member("file");

    static void Response(Utf8JsonWriter json, int status, JsonElement ending, JsonElement? body, string? within = null)
    {
        json.WriteStartObject("response");
        json.WriteNumber("status_code", status);
        json.WriteString("request_id", ending.Text("requestId"));
        json.WritePropertyName("body");
        if (within is not null)
        {
            json.WriteStartObject();
            json.WritePropertyName(within);
        }
        if (body is { } given)
            given.WriteTo(json);
        else
            json.WriteNullValue();
        if (within is not null)
            json.WriteEndObject();
        json.WriteEndObject();
        json.WriteNull("error");
    }

    static void Error(Utf8JsonWriter json, JsonElement ending)
    {
        json.WriteNull("response");
        json.WriteStartObject("error");
        json.WriteString("code", ending.Text("code"));
        json.WriteString("message", ending.Text("message"));
        json.WriteEndObject();
    }

    static void Echo(Utf8JsonWriter json, JobLine line)
    {
        json.WritePropertyName("request");
        if (JsonElement.Parse(line.Text.Span).Member("body") is { } body)
            body.WriteTo(json);
        else
            json.WriteNullValue();
    }
}
