using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Storage.Api;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Web.OpenAI.Responses;

/// <summary>The states of responses in the background, by the records of their jobs.</summary>
sealed class ResponseStates(RecordSearch records, ContentCipher cipher)
{
    const string ServerError = "server_error";

    public async Task<bool> HasEnded(ApiResponse response, CancellationToken cancellation) =>
        await Record(response, cancellation) is { Record.EndedAt: not null };

    /// <summary>Whether there is a record of its job.</summary>
    public async Task<bool> IsKnown(ApiResponse response, CancellationToken cancellation) =>
        await Record(response, cancellation) is not null;

    /// <summary>The response in its current state.</summary>
    public async Task<JsonObject> Of(ApiResponse response, CancellationToken cancellation)
    {
        var record = await Record(response, cancellation);
        if (record is { Record.EndedAt: not null, Ending: { } content })
            return Ended(response, JsonElement.Parse(cipher.Open(response.Job, content)), record.Record.State);
        var first = First(response);
        first["status"] = response.CancelledAt is not null ? "cancelled"
            : record?.Record is { State: JobStates.Running } or { Code: WaitCodes.Background } ? "in_progress"
            : "queued";
        return first;
    }

    /// <summary>The provider's id of the response; null: there is none yet.</summary>
    public async Task<string?> ProvidersId(ApiResponse response, CancellationToken cancellation) =>
        await Record(response, cancellation) is { Record.State: JobStates.Completed, Ending: { } content }
            ? JsonElement.Parse(cipher.Open(response.Job, content)).Member("raw")?.Text("id")
            : null;

    static JsonObject Ended(ApiResponse response, JsonElement ending, string state)
    {
        if (state == JobStates.Completed && ending.Member("raw") is { ValueKind: JsonValueKind.Object } raw)
        {
            var whole = raw.ToObject();
            (whole["id"], whole["background"]) = (response.Job.Id, true);
            return whole;
        }
        var first = First(response);
        if (ending.Text("code") == FailureCodes.Cancelled)
        {
            first["status"] = "cancelled";
            return first;
        }
        first["status"] = "failed";
        first["error"] = new JsonObject
        {
            ["code"] = ending.Member("error")?.Text("code") ?? ending.Text("code") ?? ServerError,
            ["message"] = ending.Member("error")?.Text("message") ?? ending.Text("message"),
        };
        return first;
    }

    static JsonObject First(ApiResponse response) => (JsonObject)JsonNode.Parse(response.Content)!;

    async Task<WholeRecord?> Record(ApiResponse response, CancellationToken cancellation) =>
        (await records.Find(response.Job.Id, response.Job.Tenant, cancellation)).FirstOrDefault();
}
