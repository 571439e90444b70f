using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.DeadLetters;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Storage.Groups;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Upstream.Credentials;

namespace OpenAIWorker.Delivery.Records;

/// <summary>
/// A job in the form of the records. Values that senders may make too long for an index, or unreadable for a database,
/// are adapted.
/// </summary>
static class RecordedJob
{
    const int LongestName = 256;
    const int LongestBeginning = 200;

    /// <summary>Null: its id is invalid, and it will be refused. A job of a group is recorded for its group.</summary>
    public static ClaimedJob? Of(Job job, string tenant, RecordsKeep keep, Headers? headers) =>
        (KeyOf(job.Id, tenant) ?? StandIn(job, tenant)) is not { } key ? null : new(key, job.Operation, job.RequestHash)
        {
            Model = ModelOf(job.Model),
            Credential = Plain(Excerpt.Of(job.Credential, LongestName)),
            Replay = headers?.Text(DeadLetterHeaders.Replay) is { Length: > 0 and <= LongestName } replay
            ? Plain(replay)
            : "",
            Attempts = job.Attempts,
            Waits = job.Waits,
            Step = job.State?.Step ?? 0,
            ReceivedAt = job.FirstSeen,
            Request = keep == RecordsKeep.Everything ? job.Body?.GetBytes() : null,
            Group = GroupOf(job.Request.Group, key),
        };

    /// <summary>A job with an invalid request, recorded only for its group. Null: it names none.</summary>
    public static ClaimedJob? Of(UnreadableRequest request, OperationFailed failed, byte[] body, string tenant)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        var key = KeyOf(failed.JobId, tenant) ?? new(StandIn(failed.JobId, hash), TenantOf(tenant));
        return GroupOf(request.Group, key) is not { } named ? null : new(key, failed.Operation, hash)
        {
            Model = ModelOf(failed.Model),
            Credential = Plain(Excerpt.Of(failed.Credential ?? CredentialOptions.Default, LongestName)),
            Attempts = failed.Attempts,
            Waits = failed.Waits,
            ReceivedAt = failed.FirstSeen,
            Group = named,
        };
    }

    /// <summary>
    /// A job of a group whose id belongs to another request. It ends with an id of its own, so that its group counts it
    /// once, however often its message is delivered.
    /// </summary>
    public static ClaimedJob Beside(ClaimedJob job) =>
        job with { Key = job.Key with { Id = StandIn(job.Key.Id, job.RequestHash) } };

    /// <summary>A model's name as it is recorded.</summary>
    public static string? ModelOf(string? model) => model is null ? null : Plain(Excerpt.Of(model, LongestName));

    public static JobKey? KeyOf(string id, string tenant) => !JobId.Fits(id) || id.Contains('\0')
        ? null
        : new(id, TenantOf(tenant));

    public static JobEndingRecord Of(IJobEnding ending, byte[] body) => ending switch
    {
        OperationResult result =>
            With(new(JobStates.Completed, body) { Attempts = result.Attempts, Waits = result.Waits }, result.Usage,
                result.Cost),
        OperationFailed failed => With(new(JobStates.Failed, body)
        {
            Code = failed.Code,
            Reason = Plain(LoggedReason.Of(failed.Code, failed.Message, failed.Member, failed.Error)),
            Attempts = failed.Attempts,
            Waits = failed.Waits,
        }, failed.Usage, failed.Cost),
        _ => throw new ArgumentException($"{ending.GetType().Name} is not an ending.", nameof(ending)),
    };

    /// <summary>The same for every message with the same request.</summary>
    public static string HashOf(string operation, JobRequest request)
    {
        // When and how often a job may be called is not part of what is requested: a sender that sends it again may
        // give it more time.
        var asked = request with
        {
            Timeout = null,
            MaxRetries = null,
            NotBefore = null,
            Deadline = null,
            Priority = null
        };
        var text = JsonSerializer.SerializeToUtf8Bytes(asked, asked.GetType(), BusJson.Options);
        return Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes($"{operation}\n"), .. text]));
    }

    static JobEndingRecord With(JobEndingRecord ending, Usage? usage, Cost? cost) =>
        ending with
        {
            InputTokens = usage?.InputTokens,
            OutputTokens = usage?.OutputTokens,
            Cost = cost?.Amount,
            Currency = cost?.Currency
        };

    static string TenantOf(string tenant) => tenant.Length <= LongestName
        ? Plain(tenant)
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tenant)));

    static JobKey? StandIn(Job job, string tenant) => job.Request.Group is null
        ? null
        : new(StandIn(job.Id, job.RequestHash), TenantOf(tenant));

    // The hash covers the whole request, including its id.
    static string StandIn(string id, string requestHash) =>
        $"{Plain(Excerpt.Marked(id, LongestBeginning))}~{requestHash[..16]}";

    // One that is refused counts for none.
    static NamedGroup? GroupOf(JobGroup? group, JobKey job) =>
        group is { Id: { } id, Size: { } size } && CommonCheck.Problem(group) is null
            ? new(new(id, job.Tenant), size)
            : null;

    static string Plain(string text) => text.Replace('\0', '\uFFFD');
}
