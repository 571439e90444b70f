using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Admission;
using OpenAIWorker.Delivery.Credentials;
using OpenAIWorker.Delivery.Filters;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Delivery.Consuming;

/// <summary>
/// The only consumer, for all operations. It returns once the broker has confirmed the job's ending or wait, and then
/// the message is acknowledged. It throws only if the broker is out of reach or the worker stops; then the broker
/// delivers again. Any other exception ends the job.
/// </summary>
sealed class OperationConsumer<TRequest, TResult>(
    IOperation<TRequest, TResult> operation, JobReader reader, Gates gates, JobCalls calls, OutcomeJudge judge,
    JobSettlement settlement)
    : IConsumer<TRequest>
    where TRequest : JobRequest
    where TResult : OperationResult
{
    public async Task Consume(ConsumeContext<TRequest> context)
    {
        try
        {
            await Safely(context, reader.Read(context));
        }
        catch (OperationCanceledException) when (settlement.IsLeft)
        {
        }
    }

    async Task Safely(ConsumeContext<TRequest> context, Job job)
    {
        try
        {
            await Run(context, job);
        }
        catch (Exception bug) when (settlement.IsOfJob(context.ReceiveContext, bug))
        {
            var admitted = Gates.Admitted(context.ReceiveContext, job);
            await settlement.Settle<TRequest, TResult>(context, calls.AfterCall(admitted),
                new Verdict.Refuse(DeliveryFailure.Bug(bug)));
            calls.Forget(admitted);
        }
        catch (Exception) when (!calls.IsRunning(Gates.Admitted(context.ReceiveContext, job))
            && !Delivered.Of(context.ReceiveContext).IsSettled)
        {
            await settlement.GiveBack(context.ReceiveContext, job,
                calls.HasBegun(Gates.Admitted(context.ReceiveContext, job)));
            throw;
        }
        finally
        {
            gates.Leave(context.ReceiveContext);
        }
    }

    async Task Run(ConsumeContext<TRequest> context, Job job)
    {
        context.ReceiveContext.TryGetPayload<CallSlot>(out var slot);
        var verdict = await gates.Ask(context.ReceiveContext, job);
        job = Gates.Admitted(context.ReceiveContext, job);
        var after = job;
        using var trial = (verdict as Verdict.Call)?.Trial;
        if (verdict is Verdict.Call call)
        {
            var outcome = await calls.Join(operation, job, call, slot, context.CancellationToken);
            slot?.Dispose();
            after = outcome is null ? job : job.After(outcome);
            verdict = outcome is null
                ? new Verdict.GiveUp(JobLife.Cancellation)
                : await judge.Judge(after, outcome, trial);
        }
        if (verdict is Verdict.GiveUp)
            await calls.Abandon(operation, after);
        await settlement.Settle<TRequest, TResult>(context, after, verdict);
        calls.Forget(job);
    }
}
