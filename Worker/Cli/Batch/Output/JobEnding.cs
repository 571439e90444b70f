using System.Text.Json;
using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Cli.Batch.Output;

/// <summary>How a job ended, from its event.</summary>
sealed class JobEnding(bool isCompleted, JsonElement json)
{
    public JsonElement Json => json;

    public bool IsCompleted => isCompleted;

    public string? JobId => json.Text("jobId");

    public string? Message => json.Text("message");

    public string? Code => json.Text("code");

    public long InputTokens => json.Member("usage")?.Number("inputTokens") ?? 0;

    public long OutputTokens => json.Member("usage")?.Number("outputTokens") ?? 0;

    public bool HasUsage => json.Member("usage") is not null;

    public decimal? Cost => json.Member("cost")?.Member("amount") is { ValueKind: JsonValueKind.Number } amount
        && amount.TryGetDecimal(out var cost) ? cost : null;

    public static JobEnding Of(JobEvent ending) =>
        new(ending.Type == Endings.Completed, JsonElement.Parse(ending.Body.Span));

    /// <summary>The ending of a line that is not a job, in the form of every failure.</summary>
    public static JobEnding Of(JobLine line, Failure problem, DateTimeOffset now) =>
        new(false, JsonSerializer.SerializeToElement(
        new OperationFailed
        {
            JobId = line.AnsweredId,
            Operation = line.Request is { } request ? OperationCatalog.For(request.GetType()).Name : "",
            Code = problem.Code,
            Kind = problem.Kind,
            Remedy = problem.Remedy,
            Message = problem.Message,
            Member = problem.Member,
            FirstSeen = now,
            FailedAt = now,
        }, ContractJson.Default.OperationFailed));
}
