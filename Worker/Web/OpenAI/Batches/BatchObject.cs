using System.Text.Json.Nodes;
using OpenAIWorker.Storage.Api;
using static OpenAIWorker.Storage.Api.BatchStatuses;

namespace OpenAIWorker.Web.OpenAI.Batches;

/// <summary>A batch as OpenAI's API shows it.</summary>
static class BatchObject
{
    public static JsonObject Of(ApiBatch batch)
    {
        var progress = batch.Progress;
        return new()
        {
            ["id"] = batch.Id,
            ["object"] = "batch",
            ["endpoint"] = progress.Endpoint,
            ["model"] = progress.Model,
            ["errors"] = progress.Faults is { } faults ? Errors(faults) : null,
            ["input_file_id"] = batch.InputFile,
            ["completion_window"] = progress.CompletionWindow,
            ["status"] = batch.Status,
            ["output_file_id"] = progress.OutputFile,
            ["error_file_id"] = progress.ErrorFile,
            ["created_at"] = batch.CreatedAt.ToUnixTimeSeconds(),
            ["in_progress_at"] = ApiJson.Seconds(progress.InProgressAt),
            ["expires_at"] = batch.ExpiresAt.ToUnixTimeSeconds(),
            ["finalizing_at"] = ApiJson.Seconds(progress.FinalizingAt),
            ["completed_at"] = EndedAs(batch, Completed),
            ["failed_at"] = EndedAs(batch, Failed),
            ["expired_at"] = EndedAs(batch, Expired),
            ["cancelling_at"] = ApiJson.Seconds(batch.CancellingAt),
            ["cancelled_at"] = EndedAs(batch, Cancelled),
            ["request_counts"] = new JsonObject
            {
                ["total"] = progress.Total,
                ["completed"] = progress.Completed,
                ["failed"] = progress.Failed,
            },
            ["usage"] = progress.Usage is { } usage ? Used(usage) : null,
            ["metadata"] = progress.Metadata is { } pairs ? Pairs(pairs) : null,
        };
    }

    static long? EndedAs(ApiBatch batch, string status) =>
        batch.Status == status ? ApiJson.Seconds(batch.EndedAt) : null;

    static JsonObject Pairs(IReadOnlyDictionary<string, string> pairs) =>
        new(pairs.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    static JsonObject Used(BatchUsage usage) => new()
    {
        ["input_tokens"] = usage.InputTokens,
        ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.CachedTokens },
        ["output_tokens"] = usage.OutputTokens,
        ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = usage.ReasoningTokens },
        ["total_tokens"] = usage.InputTokens + usage.OutputTokens,
    };

    static JsonObject Errors(IReadOnlyList<BatchFault> faults) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. faults.Select(fault => new JsonObject
        {
            ["code"] = fault.Code,
            ["message"] = fault.Message,
            ["param"] = fault.Param,
            ["line"] = fault.Line,
        })]),
    };
}
