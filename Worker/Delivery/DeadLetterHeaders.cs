using OpenAIWorker.Contracts;

namespace OpenAIWorker.Delivery;

/// <summary>What a dead letter tells of its end, beside the message's own headers.</summary>
static class DeadLetterHeaders
{
    public const string Code = "openai-worker-code";
    public const string Kind = "openai-worker-kind";
    public const string Reason = "openai-worker-reason";
    public const string Attempts = "openai-worker-attempts";
    public const string FailedAt = "openai-worker-failed-at";
    public const string JobId = "openai-worker-job-id";
    public const string Model = "openai-worker-model";
    const int LongestReason = 1_000;

    public static IEnumerable<KeyValuePair<string, object?>> Of(OperationFailed failed) =>
    [
        new(JobId, failed.JobId),
        new(Code, failed.Code),
        new(Kind, failed.Kind.ToString()),
        new(Reason, failed.Message.Length > LongestReason ? failed.Message[..LongestReason] : failed.Message),
        new(Attempts, failed.Attempts),
        new(Model, failed.Model),
        .. new JobHeaders(failed.Attempts, failed.Waits, failed.FirstSeen).Write(),
        new(FailedAt, failed.FailedAt.ToUnixTimeMilliseconds()),
    ];
}
