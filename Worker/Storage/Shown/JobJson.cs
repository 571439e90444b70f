using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Storage.Groups;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Storage.Shown;

/// <summary>Records as JSON, for a program.</summary>
static class JobJson
{
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Line(JsonObject members) => PlainText.Json(Told(members).ToJsonString(Readable));

    /// <summary>Omits members without a value.</summary>
    public static JsonObject Told(JsonObject members)
    {
        foreach (var (name, _) in members.Where(member => member.Value is null).ToList())
            members.Remove(name);
        return members;
    }

    public static JsonObject Of(JobRecord record) => new()
    {
        ["jobId"] = record.Key.Id,
        ["tenant"] = record.Key.Tenant.Length > 0 ? record.Key.Tenant : null,
        ["group"] = record.Group,
        ["operation"] = record.Operation,
        ["state"] = record.State,
        ["code"] = record.Code,
        ["reason"] = record.Reason,
        ["until"] = record.WaitUntil,
        ["model"] = record.Model,
        ["credential"] = record.Credential.Length > 0 ? record.Credential : null,
        ["attempts"] = record.Attempts,
        ["waits"] = record.Waits,
        ["inputTokens"] = record.InputTokens,
        ["outputTokens"] = record.OutputTokens,
        ["cost"] = record.Cost,
        ["currency"] = record.Currency,
        ["received"] = record.ReceivedAt,
        ["changed"] = record.ChangedAt,
        ["ended"] = record.EndedAt,
    };

    public static JsonObject Of(WholeRecord whole, ContentCipher cipher)
    {
        var members = Of(whole.Record);
        members["steps"] = new JsonArray([.. whole.Steps.Select(step => new JsonObject
        {
            ["at"] = step.At,
            ["kind"] = step.Kind,
            ["code"] = step.Code,
            ["reason"] = step.Reason,
            ["until"] = step.Until,
        })]);
        members["request"] = Content(whole.Record.Key, whole.Request, cipher);
        members["ending"] = Content(whole.Record.Key, whole.Ending, cipher);
        return members;
    }

    public static JsonObject Of(string by, JobSum sum) => new()
    {
        [by] = sum.Name,
        ["jobs"] = sum.Jobs,
        ["completed"] = sum.Completed,
        ["failed"] = sum.Failed,
        ["inputTokens"] = sum.InputTokens,
        ["outputTokens"] = sum.OutputTokens,
        ["cost"] = sum.Cost,
        ["currency"] = sum.Currency,
    };

    public static JsonObject Of(GroupProgress group) => new()
    {
        ["group"] = group.Key.Id,
        ["tenant"] = group.Key.Tenant.Length > 0 ? group.Key.Tenant : null,
        ["size"] = group.Size,
        ["completed"] = group.Completed,
        ["failed"] = group.Failed,
        ["firstSeen"] = group.FirstSeen,
        ["changed"] = group.ChangedAt,
        ["ended"] = group.EndedAt,
    };

    public static JsonObject Of(WholeGroup whole)
    {
        var members = Of(whole.Progress);
        members["waiting"] = whole.Waiting;
        members["running"] = whole.Running;
        members["unseen"] = whole.Unseen;
        members["inputTokens"] = whole.InputTokens;
        members["outputTokens"] = whole.OutputTokens;
        members["cost"] = whole.Cost;
        members["currency"] = whole.Currency;
        return members;
    }

    // A body that is not JSON becomes a text.
    static JsonNode? Content(JobKey job, SealedContent? content, ContentCipher cipher)
    {
        if (content is not { } kept)
            return null;
        var text = ContentText.Read(job, kept, cipher);
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
