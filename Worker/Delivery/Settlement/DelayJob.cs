using MassTransit;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Records;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Delivery.Settlement;

/// <summary>Lets a job wait in the broker: in the delay ladder, or in a lane.</summary>
sealed partial class DelayJob(
    JobMoves moves, DelayNews news, WaitingJobs waiting, LaneRouter router, ITransport transport, TimeProvider clock,
    ILogger<DelayJob> logger)
{
    readonly Log log = new(logger);

    public async Task TryAgain<T>(ConsumeContext<T> context, Job job, Verdict.TryAgain again) where T : class
    {
        var failure = again.Failure;
        var headers = job.Waiting(again.CountsAsAttempt);
        var reason = LoggedReason.Of(failure.Code, failure.Message, failure.Member, failure.Error);
        await Wait(context, job, clock.GetUtcNow() + again.Delay, headers, failure.Code, failure.Message,
            RecordedSteps.After(job, again, reason, clock.GetUtcNow()), TimeSpan.Zero);
        WorkerTrace.Current?.Fail(failure.Code);
        // An unavailable store is logged once, not for each of its jobs.
        if (failure.Code != FailureCodes.StoreUnavailable)
            log.Delayed(PlainText.Name(job.Id), job.Operation, job.Attempts, reason, again.Delay);
    }

    public Task Wait<T>(ConsumeContext<T> context, Job job, Verdict.Wait wait) where T : class =>
        Wait(context, job, wait.Due, job.Waiting(countsAsAttempt: false), wait.Code, wait.Reason,
            [RecordedSteps.Wait(job, wait.Code, wait.Reason, wait.Due)], wait.Early);

    public async Task Queue<T>(ConsumeContext<T> context, Job job, Verdict.Queue queue) where T : class
    {
        var lane = await router.Open(context.ReceiveContext, job, queue);
        var (due, code, reason) = queue.Pause is { } pause
            ? (pause.NextProbe, WaitCodes.CredentialPaused, WaitReasons.Paused)
            : (clock.GetUtcNow() + router.Ahead(job, queue.Limit), FailureCodes.RateLimited, WaitReasons.Limited);
        var headers = job.Waiting(countsAsAttempt: false);
        // Both at once: so a long backlog is out of the others' way in half the time.
        await Task.WhenAll(moves.ToLane(context, job, headers, lane.Opened.Queue,
            RecordedSteps.Wait(job, code, reason, due)), news.Tell(context, job, due, headers, code, reason));
        waiting.Add(context.ReceiveContext, job, headers);
        router.Filled(lane, queue);
    }

    /// <summary>
    /// Delivers the job again a little later. It did not wait for its own sake, so no event is published. It still
    /// counts as a wait: an unchanged message would be mistaken for the settled one.
    /// </summary>
    public Task Yield<T>(ConsumeContext<T> context, Job job, TimeSpan delay)
        where T : class => moves.Delay(context, job, job.Waiting(countsAsAttempt: false), delay);

    /// <summary>Returns the job to its lane, which rests.</summary>
    public async Task GiveBack<T>(ConsumeContext<T> context, Job job, string lane) where T : class =>
        waiting.Add(context.ReceiveContext, job, await transport.GiveBack(context, job, lane));

    async Task Wait<T>(ConsumeContext<T> context, Job job, DateTimeOffset due, JobHeaders headers, string code,
        string message, IReadOnlyList<JobStep> steps, TimeSpan early)
        where T : class
    {
        await moves.Delay(context, job, headers, due - early - clock.GetUtcNow(), steps);
        await news.Tell(context, job, due, headers, code, message);
        waiting.Add(context.ReceiveContext, job, headers);
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(2, LogLevel.Warning, "Job {JobId}: {Operation} waits {Delay}, attempt {Attempt}, {Why}")]
        public partial void Delayed(string jobId, string operation, int attempt, string why, TimeSpan delay);
    }
}
