using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Admission;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Filters;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Jobs;
using OpenAIWorker.Limits;
using OpenAIWorker.Operations;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery.Consuming;

/// <summary>
/// The one consumer, for every operation: run the job, or join the run that already is; publish what it came to; return, which acknowledges.
/// It throws only when the broker is out of reach, and then the broker delivers again. Any other fault ends the job.
/// </summary>
sealed class OperationConsumer<TRequest, TResult>(
    IOperation<TRequest, TResult> operation, JobRunner runner, OngoingCalls calls, Cancellations cancellations, JobLives lives, WaitingJobs waiting, CredentialHold hold, CredentialSenders senders, Turns turns, CallSlots<TRequest> slots, BrokerAlarm alarm, UnsentAnswers unsent, OpenAIClients clients, JobEnd end,
    OutcomeKeeper keeper,
    JobCosts costs, JobMetrics metrics, ClockSkew skew, ITransport transport, BrokerFaults faults, IOptions<DeliveryOptions> options, IHostApplicationLifetime host, TimeProvider clock)
    : IConsumer<TRequest>
    where TRequest : JobRequest
    where TResult : OperationResult
{
    static readonly Operation Line = OperationCatalog.For(typeof(TRequest));

    // To begin anew would pay for all its steps once more, and might never end.
    static readonly Failure StateLost = new(FailureKind.Permanent, FailureCodes.WorkerError,
        "What the job's earlier steps came to cannot be read by this worker. Another version may have written it. Send the job again.", Remedy.Operator);

    public async Task Consume(ConsumeContext<TRequest> context)
    {
        try
        {
            await Take(context);
        }
        catch (OperationCanceledException) when (!transport.KeepsJobs && host.ApplicationStopping.IsCancellationRequested)
        {
            // Nobody takes it back: it is for the next run to send.
        }
    }

    async Task Take(ConsumeContext<TRequest> context)
    {
        using var slot = await slots.Enter(context.ReceiveContext);
        metrics.Began(Line.Name);
        try
        {
            Asker.Note(context);
            Initiator.Note(context);
            var job = Read(context);
            DeliveryTrace.Of(job, clients.Unknown(job.Request) is null);
            await Safely(context, job, slot);
        }
        finally
        {
            metrics.LetGo(Line.Name);
        }
    }

    async Task Safely(ConsumeContext<TRequest> context, Job job, IDisposable? slot)
    {
        try
        {
            await Consume(context, job, slot);
        }
        catch (Exception bug) when (!Delivered.Of(context.ReceiveContext).IsSettled && !faults.Explain(context.ReceiveContext, bug))
        {
            // Told with what its call used, if it was called.
            var known = calls.Finished(job) is { } outcome ? job.After(outcome) : job;
            await Fail(context, known, DeliveryFailure.Bug(bug));
            Forget(job);
        }
        catch (Exception) when (!Delivered.Of(context.ReceiveContext).IsSettled && !calls.Has(job) && transport.IsOpen(context.ReceiveContext))
        {
            await waiting.GiveBack(context.ReceiveContext, job);
            throw;
        }
    }

    async Task Consume(ConsumeContext<TRequest> context, Job job, IDisposable? slot)
    {
        // A stopping worker begins nothing; what it has begun already is joined.
        if (!calls.Has(job))
            host.ApplicationStopping.ThrowIfCancellationRequested();
        if (!calls.Has(job) && await waiting.Take(context.ReceiveContext, job, context.CancellationToken) is { } off)
            await LetGo(context, job, off);
        else if (cancellations.Contains(job.Id))
            await GiveUp(context, job, JobLife.Cancellation);
        // Here already: its name may be a key that was put in the wrong place, which limits and telemetry must not see.
        else if (clients.Unknown(job.Request) is { } unknown)
            await Fail(context, job, unknown);
        else if (senders.Refusal(job) is { } refused)
            await Fail(context, job, refused);
        else if (job.IsStateLost)
            await Fail(context, job, StateLost);
        else if (job.Request.NotBefore > clock.GetUtcNow())
            await (job.Request.NotBefore > job.Request.Deadline ? Fail(context, job, RedeliveryPolicy.NeverDue(job)) : end.Postpone(context, job));
        else if (calls.Has(job) || unsent.Has(job))
            await Run(context, job, null, null, slot);
        else
            await Call(context, job, slot);
    }

    async Task Call(ConsumeContext<TRequest> context, Job job, IDisposable? slot)
    {
        var (model, asksModel) = (Line.ModelOf(job.Request), job.State is null or { AsksModel: true });
        using var life = lives.Of(job);
        Turn? turn = null;
        Trial? trial = null;
        try
        {
            if (life.Over is { } past)
            {
                await GiveUp(context, job, past);
                return;
            }
            var passage = await hold.Enter(job, model is not null && asksModel, !QueueNames.IsLane(QueueNames.QueueOf(context.ReceiveContext)), () => life.End, context.CancellationToken);
            trial = passage.Trial;
            if (passage.Closed is { } pause)
            {
                await turns.Wait(context, job, model, pause);
                return;
            }
            if (asksModel && (turn = await turns.For(context, job, life, model)) is null)
                return;
        }
        // What is over takes no turn, and ends when it is over.
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested && life.Over is not null)
        {
            trial?.Dispose();
            await GiveUp(context, job, life.Over!);
            return;
        }
        using (trial)
            await Run(context, job, turn, trial, slot);
    }

    async Task Run(ConsumeContext<TRequest> context, Job job, Turn? turn, Trial? trial, IDisposable? slot)
    {
        if (turn is not null)
            DeliveryTrace.Held(turn.Waited);
        var started = false;
        var call = calls.Join(job, stop =>
        {
            // Asked once more where a cancellation either is seen or finds the call.
            started = !cancellations.Contains(job.Id);
            if (!started)
                return Task.FromCanceled<Outcome>(new(canceled: true));
            return unsent.Find(job) is { } answered ? Task.FromResult(answered) : Call(job, turn, stop);
        });
        // It is cancelled; or it came twice at once, and the other delivery was the first.
        if (!started)
            turn?.GiveBack();
        // Waiting ends with the channel, the call does not: this job will come back and join it.
        await ((Task)call.WaitAsync(context.CancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        slot?.Dispose();
        if (call.IsCanceled && cancellations.Contains(job.Id))
            await GiveUp(context, job, JobLife.Cancellation);
        else
            await Conclude(context, job, await call.WaitAsync(context.CancellationToken), trial);
        Forget(job);
    }

    // A turn is over with its call, which may outlive the delivery.
    async Task<Outcome> Call(Job job, Turn? turn, CancellationToken stop)
    {
        var (end, outcome) = (default(CallEnd), default(Outcome)!);
        try
        {
            await alarm.WhenOver(stop);
            outcome = await runner.Run(operation, (TRequest)job.Request, job.State, turn is null ? null : turn.Observe, stop);
            end = outcome.ForLimits(job.Request.IsFlex());
            metrics.Called(job.Operation, outcome);
            outcome = costs.Count(job, outcome);
        }
        finally
        {
            turn?.End(end);
        }
        return unsent.Add(job, outcome.Unkept is null ? outcome : await keeper.Keep(job, outcome, stop));
    }

    async Task Conclude(ConsumeContext<TRequest> context, Job before, Outcome outcome, Trial? trial)
    {
        var job = before.After(outcome);
        var failure = await hold.Settle(job, outcome, trial);
        if (outcome.Result is TResult result)
            await end.Complete(context.ReceiveContext, job, result, outcome);
        else if (outcome.Suspension is { } suspension)
            await Suspend(context, job, suspension);
        else
            await end.Judge(context, job, failure!, over => GiveUp(context, job, over));
    }

    Task Suspend(ConsumeContext<TRequest> context, Job job, Suspension suspension) =>
        RedeliveryPolicy.Overdue(suspension, job, clock.GetUtcNow(), options.Value) is { } over ? GiveUp(context, job, over) : end.Suspend(context, job, suspension);

    // It was cancelled, or its time was over, while it waited, and is not called even where this worker's clock is behind.
    async Task LetGo(ConsumeContext<TRequest> context, Job job, CalledOff off)
    {
        var over = cancellations.Contains(job.Id) ? JobLife.Cancellation : RedeliveryPolicy.AtEnd(job, options.Value);
        if (off.IsTold)
        {
            await end.Keep(context.ReceiveContext, job, over);
            return;
        }
        await end.Fail(context.ReceiveContext, job, over);
        waiting.Told(off.Key);
    }

    // What the provider is at for the job is ended first, while its name is known.
    async Task GiveUp(ConsumeContext<TRequest> context, Job job, Failure failure)
    {
        if (clients.Unknown(job.Request) is null)
            await runner.Abandon(operation, (TRequest)job.Request, job.State ?? new());
        await Fail(context, job, failure);
    }

    async Task Fail(ConsumeContext<TRequest> context, Job job, Failure failure)
    {
        await end.Fail(context.ReceiveContext, job, failure);
        Forget(job);
    }

    // Its ending is safe, or it waits in the broker: what it came to is needed no more.
    void Forget(Job job)
    {
        calls.Forget(job);
        unsent.Forget(job);
    }

    Job Read(ConsumeContext<TRequest> context)
    {
        var (received, now) = (transport.Describe(context.ReceiveContext), clock.GetUtcNow());
        var id = context.Message.JobId is { Length: > 0 } own ? own : received.MessageId ?? KnownMembers.WrapperId(context.ReceiveContext);
        Delivered.Of(context.ReceiveContext).IsNamed |= id is not null;
        id ??= NewId.NextGuid().ToString();
        var headers = transport.HeadersOf(context.ReceiveContext, Line.Name, id, now);
        if (headers is { Waits: 0, State: null } && received.SentAt is { } sent)
        {
            metrics.FirstSeen(Line.Name, now - sent);
            skew.Came(sent);
        }
        var (request, credential) = (context.Message, clients.Spelled(context.Message.Credential));
        if (request.JobId != id || request.Credential != credential)
            request = request with { JobId = id, Credential = credential };
        return new(id, Line.Name, request, headers.Failed + 1, headers.Waits, headers.FirstSeen, headers.Spent, headers.State)
        {
            Body = context.ReceiveContext.Body.GetBytes(),
            Cost = headers.Cost,
            User = headers.User,
            IsStateLost = headers.IsStateLost,
        };
    }
}
