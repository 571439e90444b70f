using System.Text.Json;
using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Jobs.Lines;
using OpenAIWorker.Json;

namespace OpenAIWorker.Cli.Batch.Output;

/// <summary>
/// Writes endings as OpenAI's Batch API does: <c>{"id", "custom_id", "response", "error"}</c>. The id holds the line's
/// number and hash.
/// </summary>
static class OpenAILines
{
    const string Id = "batch_req_";
    const int OK = 200;

    public static void Write(Utf8JsonWriter json, JobLine line, JobEnding ending, bool echoes)
    {
        json.WriteStartObject();
        OpenAIBatchAnswer.Write(json, $"{Id}{line.Number}_{line.Hash}", line.AnsweredId, ending.Json,
            ending.IsCompleted);
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

    static void Echo(Utf8JsonWriter json, JobLine line)
    {
        json.WritePropertyName("request");
        if (JsonElement.Parse(line.Text.Span).Member("body") is { } body)
            body.WriteTo(json);
        else
            json.WriteNullValue();
    }
}
