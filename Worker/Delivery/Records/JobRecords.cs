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
/// What the database knows of jobs, and is told of them. Where nothing is kept (<c>Records:Keep</c>), nothing here does
/// anything.
/// </summary>
sealed partial class JobRecords(
    Lazy<RecordBook> book, RateLimiter limiter, IOptions<RecordsOptions> options, IHostApplicationLifetime host,
    TimeProvider clock, ILogger<JobRecords> logger)
{
    // A paid result waits for the database as long as it would for any other store; a failure can be told without it.
    static readonly TimeSpan PatienceWithResults = CommonCheck.LongestTimeout;
    static readonly TimeSpan PatienceWithFailures = TimeSpan.FromSeconds(10);

    readonly Log log = new(logger);

    public bool AreKept => options.Value.IsOn;

    /// <summary>
    /// Notes with its message what a job is in the records, so that its ending finds it there. Null: such a job is not
    /// recorded.
    /// </summary>
    public ClaimedJob? Note(ReceiveContext context, Job job)
    {
        if (!AreKept || RecordedJob.Of(job, limiter.TenantOf(job.Request), options.Value.Keep,
            context.TransportHeaders) is not { } known)
            return null;
        return context.GetOrAddPayload(() => known);
    }

    /// <summary>
    /// Notes a job whose request could not be taken. Only of those of a group is a record kept, so that it completes.
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

    /// <summary>Takes up a job that was noted.</summary>
    /// <exception cref="FailureException">The database is away.</exception>
    public Task<ClaimAnswer> Claim(ClaimedJob job) => book.Value.Claim(job);

    /// <summary>
    /// Commits an ending that is about to be told. What is returned was there before, and is to be told in its place;
    /// null where this one is.
    /// </summary>
    public async Task<ClaimAnswer.Ended?> End(ReceiveContext context, IJobEnding ending, byte[] body) =>
        AreKept && context.TryGetPayload<ClaimedJob>(out var job) && !context.HasPayloadType(typeof(OtherRequest))
            ? await Persist(() => book.Value.End(job.Key, job, ending.Operation, RecordedJob.Of(ending, body)), ending)
            : null;

    /// <summary>Commits the result of a call, whose delivery may be gone. Null: it is not recorded.</summary>
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
        return before ?? (isKept ? new(JobStates.Completed, job.Operation, body) : null);
    }

    /// <summary>Commits the ending of a job that waits in the broker.</summary>
    public async Task<ClaimAnswer.Ended?> EndWaiting(OperationFailed failed, byte[] body) =>
        AreKept && RecordedJob.KeyOf(failed.JobId, limiter.TenantOf(failed.Metadata)) is { } key
            ? await Persist(() => book.Value.End(key, null, failed.Operation, RecordedJob.Of(failed, body)), failed)
            : null;

    /// <summary>The job goes back to the broker, and is nobody's until it is taken up again.</summary>
    public void LetGo(ReceiveContext context, params IReadOnlyList<JobStep> steps)
    {
        if (AreKept && context.TryGetPayload<ClaimedJob>(out var job))
            book.Value.LetGo(job.Key, steps);
    }

    /// <summary>The job's call is over, its delivery is gone, and it has no result.</summary>
    public void LetGo(Job job)
    {
        if (AreKept && RecordedJob.KeyOf(job.Id, limiter.TenantOf(job.Request)) is { } key)
            book.Value.LetGo(key);
    }

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
            // Waiting cures nothing that the store does not know of itself, and what is paid for is told all the same.
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
            "Job {JobId}: {Operation}: its ending is published without a record, because the database is away. If its "
                + "message comes again, it is called again")]
        public partial void Uncommitted(string jobId, string operation);

        [LoggerMessage(74, LogLevel.Error,
            "Job {JobId}: {Operation}: its ending is published without a record, because of an error of the worker "
                + "itself")]
        public partial void Broken(string jobId, string operation, Exception broken);
    }
}
