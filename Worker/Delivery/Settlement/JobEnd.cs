using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery.Settlement;

/// <summary>The deeds that follow a verdict. Each is safe in the broker before it returns.</summary>
sealed partial class JobEnd(
    EventPublisher events, ITransport transport, QueueNames topology, JobMetrics metrics, EventSending sending, WaitingJobs waiting, DeliveryMemory memory,
    BrokerFaults faults, IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<JobEnd> logger)
{
    static readonly Failure TooMuchToRemember = new(FailureKind.Permanent, FailureCodes.RequestTooLarge,
        "What the model asked of the job's functions is more than a message can carry from step to step. Ask for fewer calls at once, or leave out store: false.", Remedy.Sender);

    readonly Log log = new(logger);

    /// <summary>The job has its result.</summary>
    public async Task Complete<TResult>(ReceiveContext context, Job job, TResult result, Outcome outcome)
        where TResult : OperationResult
    {
        var ending = result with
        {
            JobId = job.Id,
            Operation = job.Operation,
            Attempts = job.Attempts,
            Waits = job.Waits,
            WaitedMs = (long)(outcome.Started - job.FirstSeen).TotalMilliseconds,
            DurationMs = (long)outcome.Duration.TotalMilliseconds,
            Usage = job.Spent,
            Cost = job.Cost.Told(job.Spent),
            Metadata = job.Request.Metadata,
        };
        try
        {
            await sending.Ending(job.Operation, () => events.Ended(context, ending));
        }
        catch (UnwritableEventException unwritable)
        {
            await Fail(context, job, new(FailureKind.Permanent, FailureCodes.ResultTooLarge, unwritable.Message, Remedy.Sender));
            return;
        }
        Delivered.Settle(context);
        metrics.Completed(job);
        DeliveryTrace.Outcome(Endings.Completed);
        log.Completed(PlainText.Name(job.Id), job.Operation, job.Attempts, (long)outcome.Duration.TotalMilliseconds);
    }

    /// <summary>The job failed this time: it waits, or it is given up.</summary>
    public Task Judge<T>(ConsumeContext<T> context, Job job, Failure failure, Func<Failure, Task> giveUp) where T : class =>
        RedeliveryPolicy.Judge(failure, job, clock.GetUtcNow(), Random.Shared.NextDouble(), options.Value) switch
        {
            Verdict.TryAgain again => TryAgain(context, job, failure, again),
            Verdict.GiveUp over => giveUp(over.Failure),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The job's time has not come.</summary>
    public Task Postpone<T>(ConsumeContext<T> context, Job job) where T : class
    {
        var due = job.Request.NotBefore!.Value;
        return Wait(context, job, due, job.Waiting(countsAsAttempt: false), WaitCodes.NotBefore, $"The job is not to be called before {due:O}.");
    }

    /// <summary>The job is given up: first its message is kept, then the world is told.</summary>
    public async Task Fail(ReceiveContext context, OperationFailed failed)
    {
        await KeepOnce(context, failed);
        await Told(context, failed);
        Delivered.Settle(context);
        metrics.Failed(failed);
        DeliveryTrace.Outcome(Endings.Failed, failed.Code);
        log.Failed(PlainText.Name(failed.JobId), failed.Operation, failed.Attempts,
            LoggedReason.Of(failed.Code, failed.Message, failed.Member, failed.Error), failed.Status, failed.RequestId is { } request ? PlainText.Name(request) : null);
    }

    /// <inheritdoc cref="Fail(ReceiveContext, OperationFailed)"/>
    public Task Fail(ReceiveContext context, Job job, Failure failure) => Fail(context, FailedEvent.Of(job, failure, job.Cost.Told(job.Spent), clock.GetUtcNow()));

    /// <summary>The job's ending was told while it waited: only its message is kept.</summary>
    public async Task Keep(ReceiveContext context, Job job, Failure failure)
    {
        await KeepOnce(context, FailedEvent.Of(job, failure, job.Cost.Told(job.Spent), clock.GetUtcNow()));
        Delivered.Settle(context);
        DeliveryTrace.Outcome(Endings.Failed, failure.Code);
    }

    /// <summary>A job is given up that was not taken for a request: all that is told of it is what its message shows.</summary>
    public async Task Fail(ReceiveContext context, string operation, Failure failure)
    {
        PlainBody.Open(context, operation);
        var (known, received, now) = (KnownMembers.Of(context), transport.Describe(context), clock.GetUtcNow());
        var id = known.IdOf(received);
        var headers = transport.HeadersOf(context, operation, id, now);
        await Fail(context, known.Failed(operation, failure, id, headers, now));
        waiting.Forget(context, operation, id, headers);
    }

    /// <summary>A job is given up whose message is not to be read, as that may be what crashes the worker.</summary>
    public Task FailUnread(ReceiveContext context, string operation, Failure failure)
    {
        var (nothing, now) = (new KnownMembers(null), clock.GetUtcNow());
        return Fail(context, nothing.Failed(operation, failure, nothing.IdOf(transport.Describe(context)), JobHeaders.New(now), now));
    }

    /// <summary>The job's credential is paused: it waits in a lane, or where there is none, in the delay ladder.</summary>
    public Task Park<T>(ConsumeContext<T> context, Job job, string? lane, DateTimeOffset due) where T : class =>
        Queue(context, job, lane, due, WaitCodes.CredentialPaused, "The job's credential is paused.");

    /// <summary>The job goes back to its lane, which rests.</summary>
    public async Task GiveBack<T>(ConsumeContext<T> context, Job job, string lane) where T : class =>
        waiting.Add(context.ReceiveContext, job, await transport.GiveBack(context, job, lane));

    /// <summary>The job's turn comes later than it can be held: it waits in a lane, or where there is none, in the delay ladder.</summary>
    public Task Queue<T>(ConsumeContext<T> context, Job job, string? lane, TimeSpan ahead) where T : class =>
        Queue(context, job, lane, clock.GetUtcNow() + ahead, FailureCodes.RateLimited, "The rate limit of the job's model is used up for now. It waits for its turn.");

    /// <summary>The job's next step is due, or comes later.</summary>
    public async Task Suspend<T>(ConsumeContext<T> context, Job job, Suspension suspension) where T : class
    {
        if (StateBound.Fitted(job.State!) is not { } state)
        {
            await Fail(context.ReceiveContext, job, TooMuchToRemember);
            return;
        }
        var headers = (job with { State = state }).Suspended(suspension.IsNews);
        if (suspension.Delay == TimeSpan.Zero)
            await Safe(context, sending.Job(job.Operation, isLane: false, () => transport.Move(context, job, headers, topology.Queue(job.Operation))));
        else
            await Delay(context, job, headers, suspension.Delay);
        if (suspension.IsNews)
            await Told(context, job, clock.GetUtcNow() + suspension.Delay, headers, suspension.Code, suspension.Message);
    }

    async Task Queue<T>(ConsumeContext<T> context, Job job, string? lane, DateTimeOffset due, string code, string why) where T : class
    {
        var headers = job.Waiting(countsAsAttempt: false);
        if (lane is null)
        {
            await Wait(context, job, due, headers, code, why);
            return;
        }
        // Both at once: a long backlog is out of the others' way in half the time.
        var moved = Safe(context, sending.Job(job.Operation, isLane: true, () => transport.Move(context, job, headers, lane)));
        await Task.WhenAll(moved, Told(context, job, due, headers, code, why));
        waiting.Add(context.ReceiveContext, job, headers);
    }

    async Task TryAgain<T>(ConsumeContext<T> context, Job job, Failure failure, Verdict.TryAgain again) where T : class
    {
        await Wait(context, job, clock.GetUtcNow() + again.Delay, job.Waiting(again.CountsAsAttempt), failure.Code, failure.Message);
        WorkerTrace.Current?.Fail(failure.Code);
        // That a store is away is logged once, not for each of its jobs.
        if (failure.Code != FailureCodes.StoreUnavailable)
            log.Delayed(PlainText.Name(job.Id), job.Operation, job.Attempts, LoggedReason.Of(failure.Code, failure.Message, failure.Member, failure.Error), again.Delay);
    }

    async Task Wait<T>(ConsumeContext<T> context, Job job, DateTimeOffset due, JobHeaders headers, string code, string message) where T : class
    {
        await Delay(context, job, headers, due - clock.GetUtcNow());
        await Told(context, job, due, headers, code, message);
        waiting.Add(context.ReceiveContext, job, headers);
    }

    // Its ending may have failed to be told before, in this delivery or in an earlier one.
    async Task KeepOnce(ReceiveContext context, OperationFailed failed)
    {
        var delivered = Delivered.Of(context);
        delivered.HasLetter = delivered.HasLetter || context.Redelivered && memory.TakeLetter(delivered) || await Keep(context, failed);
    }

    // Whether it is kept. The job that failed is told of all the same.
    async Task<bool> Keep(ReceiveContext context, OperationFailed failed)
    {
        try
        {
            await sending.DeadLetter(failed.Operation, () => transport.DeadLetter(context, failed));
            return true;
        }
        // A dead-letter queue that is full is waited for, but not for ever.
        catch (Exception fault) when (!faults.Explain(context, fault)
            || BrokerFaults.IsRefusal(fault) && transport.IsOpen(context) && transport.Describe(context).Deliveries > options.Value.MaxDeliveries)
        {
            log.NotKept(PlainText.Name(failed.JobId), failed.Operation, fault.GetType().Name, PlainText.Name(fault.Message));
            return false;
        }
    }

    // Whatever a failure holds, some ending is told: if not all of it can be written, then less, and at last nothing that anybody else wrote.
    async Task Told(ReceiveContext context, OperationFailed failed)
    {
        foreach (var shorter in FailedEvent.Shorter(failed))
        {
            try
            {
                await sending.Ending(failed.Operation, () => events.Ended(context, shorter()));
                return;
            }
            catch (Exception fault) when (!faults.Explain(context, fault))
            {
                log.Shortened(PlainText.Name(failed.JobId), failed.Operation, fault.GetType().Name, PlainText.Name(fault.Message));
            }
        }
        throw new System.Diagnostics.UnreachableException($"The ending of a job of {failed.Operation} cannot be written at all.");
    }

    Task Delay<T>(ConsumeContext<T> context, Job job, JobHeaders headers, TimeSpan delay) where T : class => Safe(context, sending.Job(
        job.Operation, isLane: false, () => transport.Delay(context, job, headers, delay < DelayLadder.Longest ? delay : DelayLadder.Longest)));

    static async Task Safe<T>(ConsumeContext<T> context, Task sent) where T : class
    {
        await sent;
        Delivered.Settle(context.ReceiveContext);
    }

    async Task Told<T>(ConsumeContext<T> context, Job job, DateTimeOffset due, JobHeaders headers, string code, string message) where T : class
    {
        var delayed = new OperationDelayed
        {
            JobId = job.Id,
            Operation = job.Operation,
            Until = due,
            Code = code,
            Message = message,
            Attempts = headers.Failed,
            Waits = headers.Waits,
            Metadata = job.Request.Metadata,
        };
        try
        {
            await sending.Delay(job.Operation, () => events.Delayed(context.ReceiveContext, delayed));
        }
        catch (UnwritableEventException)
        {
            await sending.Delay(job.Operation, () => events.Delayed(context.ReceiveContext, delayed with { JobId = FailedEvent.Cut(job.Id), Metadata = null, Message = "" }));
        }
        metrics.Delayed(job.Operation, code);
        DeliveryTrace.Waits(code, due);
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(1, LogLevel.Information, "Job {JobId}: {Operation} completed, attempt {Attempt}, {DurationMs} ms")]
        public partial void Completed(string jobId, string operation, int attempt, long durationMs);

        [LoggerMessage(2, LogLevel.Warning, "Job {JobId}: {Operation} waits {Delay}, attempt {Attempt}, {Why}")]
        public partial void Delayed(string jobId, string operation, int attempt, string why, TimeSpan delay);

        [LoggerMessage(3, LogLevel.Error, "Job {JobId}: {Operation} failed, attempt {Attempt}, {Why}, status {Status}, request {RequestId}")]
        public partial void Failed(string jobId, string operation, int attempt, string why, int? status, string? requestId);

        [LoggerMessage(7, LogLevel.Critical, "Job {JobId}: {Operation} failed, and its message could not be kept as a dead letter: {Fault}: {Reason}")]
        public partial void NotKept(string jobId, string operation, string fault, string reason);

        [LoggerMessage(8, LogLevel.Error, "Job {JobId}: {Operation}: its ending cannot be written as it is, and is told shorter: {Fault}: {Reason}")]
        public partial void Shortened(string jobId, string operation, string fault, string reason);
    }
}
