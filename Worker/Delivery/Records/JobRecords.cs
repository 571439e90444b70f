using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Jobs;
using OpenAIWorker.Limits;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Records;

/// <summary>
/// Reads and writes the database's records of jobs. Does nothing if no records are kept (<c>Records:Keep</c>).
/// </summary>
sealed partial class JobRecords(
    Lazy<RecordBook> book, RateLimiter limiter, IOptions<RecordsOptions> options, IHostApplicationLifetime host,
    TimeProvider clock, ILogger<JobRecords> logger)
{
    // A paid result waits for the database as long as for any other store; a failure can be published without it.
    static readonly TimeSpan PatienceWithResults = CommonCheck.LongestTimeout;
    static readonly TimeSpan PatienceWithFailures = TimeSpan.FromSeconds(10);

    readonly Log log = new(logger);

    public bool AreKept => options.Value.IsOn;

    /// <summary>The jobs that this process has claimed.</summary>
    public HeldJobs Held { get; } = new();

    /// <summary>
    /// Attaches a job's record key to its message, where its ending finds it. Null: the job is not recorded.
    /// </summary>
    public ClaimedJob? Note(ReceiveContext context, Job job)
    {
        if (context.TryGetPayload<ClaimedJob>(out var noted))
            return noted;
        if (!AreKept || RecordedJob.Of(job, limiter.TenantOf(job.Request), options.Value.Keep!.Value,
            context.TransportHeaders) is not { } known)
            return null;
        return context.GetOrAddPayload(() => known);
    }

    /// <summary>
    /// Attaches the record key of a job whose request is invalid. It is recorded only as a member of a group, so that
    /// the group completes.
    /// </summary>
    public void Note(ReceiveContext context, UnreadableRequest request, OperationFailed failed)
    {
        if (AreKept && !context.HasPayloadType(typeof(ClaimedJob))
            && RecordedJob.Of(request, failed, context.GetBody(), limiter.TenantOf(failed.Metadata)) is { } known)
            context.GetOrAddPayload(() => known);
    }

    /// <summary>The job has ended without belonging to the group that it names.</summary>
    public static void LeaveGroup(ReceiveContext context, ClaimedJob job) =>
        context.AddOrUpdatePayload(() => job with { Group = null }, known => known with { Group = null });

    /// <summary>Claims a job.</summary>
    /// <exception cref="FailureException">The database is unavailable.</exception>
    public Task<ClaimAnswer> Claim(ClaimedJob job) => book.Value.Claim(job);

    /// <summary>
    /// Commits an ending before it is published. Returns an earlier ending, which must be published instead; null if
    /// this one counts.
    /// </summary>
    public async Task<ClaimAnswer.Ended?> End(ReceiveContext context, IJobEnding ending, byte[] body) =>
        AreKept && context.TryGetPayload<ClaimedJob>(out var noted) && Ending(context, noted) is { } job
            ? await Persist(() => book.Value.End(job.Key, job, ending.Operation, RecordedJob.Of(ending, body)), ending)
            : null;

    /// <summary>Commits the result of a call whose delivery may be gone. Null: the job is not recorded.</summary>
    public async Task<ClaimAnswer.Ended?> End(Job job, OperationResult result, byte[] body)
    {
        if (!AreKept || RecordedJob.Of(job, limiter.TenantOf(job.Request), RecordsKeep.Endings, null) is not { } known)
            return null;
        var isKept = false;
        var before = await Persist(async () =>
        {
            var there = await book.Value.End(known.Key, known, job.Operation, RecordedJob.Of(result, body));
            isKept = true;
            return there;
        }, result);
        return before ?? (isKept ? new(JobStates.Completed, job.Operation, body) { Event = result } : null);
    }

    /// <summary>
    /// Commits the progress of a job that has more steps before it, before it is sent on. Without a database it is sent
    /// on all the same: its message carries its progress.
    /// </summary>
    public async Task Advance(Job job)
    {
        if (!AreKept || KeyOf(job) is not { } key)
            return;
        try
        {
            await book.Value.Advance(key, job.State!.Step, JobProgress.Write(job));
        }
        catch (FailureException away) when (StoreFailures.IsOne(away.Failure))
        {
            log.Unrecorded(PlainText.Name(job.Id), job.Operation);
        }
    }

    /// <summary>Commits the ending of a job that waits in the broker.</summary>
    public async Task<ClaimAnswer.Ended?> EndWaiting(OperationFailed failed, byte[] body) =>
        AreKept && RecordedJob.KeyOf(failed.JobId, limiter.TenantOf(failed.Metadata)) is { } key
            ? await Persist(() => book.Value.End(key, null, failed.Operation, RecordedJob.Of(failed, body)), failed)
            : null;

    /// <summary>The job returns to the broker, and belongs to no worker until it is claimed again.</summary>
    public void LetGo(ReceiveContext context, params IReadOnlyList<JobStep> steps)
    {
        if (AreKept && context.TryGetPayload<ClaimedJob>(out var job) && !context.HasPayloadType(typeof(MadeWay)))
            book.Value.LetGo(job.Key, steps);
        Held.Leave(context);
    }

    /// <summary>The job's call is over without a result, and its delivery is gone.</summary>
    public void LetGo(Job job)
    {
        if (AreKept && KeyOf(job) is { } key)
            book.Value.LetGo(key);
    }

    /// <summary>The delivery that has claimed a job; null if none has.</summary>
    public HeldJob? HolderOf(Job job) => AreKept
        && RecordedJob.Of(job, limiter.TenantOf(job.Request), RecordsKeep.Endings, null) is { } known
            ? Held.Find(known)
            : null;

    JobKey? KeyOf(Job job) => RecordedJob.KeyOf(job.Id, limiter.TenantOf(job.Request));

    // The record with its id belongs to another request.
    static ClaimedJob? Ending(ReceiveContext context, ClaimedJob noted) =>
        !context.HasPayloadType(typeof(OtherRequest)) ? noted
        : noted.Group is null ? null
        : RecordedJob.Beside(noted);

    async Task<ClaimAnswer.Ended?> Persist(Func<Task<ClaimAnswer.Ended?>> end, IJobEnding ending)
    {
        var (began, pause) = (clock.GetTimestamp(), StorePause.First);
        var patience = ending is OperationFailed ? PatienceWithFailures : PatienceWithResults;
        while (true)
        {
            try
            {
                return await end();
            }
            catch (FailureException away) when (StoreFailures.IsOne(away.Failure))
            {
                if (clock.GetElapsedTime(began) + pause > patience || host.ApplicationStopping.IsCancellationRequested)
                {
                    log.Uncommitted(PlainText.Name(ending.JobId), ending.Operation);
                    return null;
                }
            }
            // Waiting does not help against an unknown error of the store, and a paid result is published all the same.
            catch (Exception broken) when (broken is not OperationCanceledException and not FailureException)
            {
                log.Broken(PlainText.Name(ending.JobId), ending.Operation, broken);
                return null;
            }
            await Task.Delay(pause, clock, host.ApplicationStopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = StorePause.After(pause);
        }
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(60, LogLevel.Warning,
            "Job {JobId}: {Operation}: its ending is published without a record, because the database is unavailable. "
                + "If its message is delivered again, it is called again")]
        public partial void Uncommitted(string jobId, string operation);

        [LoggerMessage(75, LogLevel.Warning,
            "Job {JobId}: {Operation}: a step is not recorded, because the database is unavailable. If its message is "
                + "delivered twice, the step may be made again")]
        public partial void Unrecorded(string jobId, string operation);

        [LoggerMessage(74, LogLevel.Error,
            "Job {JobId}: {Operation}: its ending is published without a record, because of an error of the worker "
                + "itself")]
        public partial void Broken(string jobId, string operation, Exception broken);
    }
}
