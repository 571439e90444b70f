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
    IOperation<TRequest, TResult> operation, CallSlots<TRequest> slots, JobReader reader, Gates gates, JobCalls calls,
    OutcomeJudge judge, JobSettlement settlement)
    : IConsumer<TRequest>
    where TRequest : JobRequest
    where TResult : OperationResult
{
    public async Task Consume(ConsumeContext<TRequest> context)
    {
        try
        {
            var slot = await slots.Enter(context.ReceiveContext);
            try
            {
                await Safely(context, reader.Read(context), slot);
            }
            finally
            {
                slots.Leave(slot);
            }
        }
        catch (OperationCanceledException) when (settlement.IsLeft)
        {
        }
    }

    async Task Safely(ConsumeContext<TRequest> context, Job job, CallSlot? slot)
    {
        try
        {
            await Run(context, job, slot);
        }
        catch (Exception bug) when (settlement.IsOfJob(context.ReceiveContext, bug))
        {
            await settlement.Settle<TRequest, TResult>(context, calls.AfterCall(job),
                new Verdict.Refuse(DeliveryFailure.Bug(bug)));
            calls.Forget(job);
        }
        catch (Exception) when (!calls.IsRunning(job) && !Delivered.Of(context.ReceiveContext).IsSettled)
        {
            await settlement.GiveBack(context.ReceiveContext, job, calls.HasBegun(job));
            throw;
        }
    }

    async Task Run(ConsumeContext<TRequest> context, Job job, CallSlot? slot)
    {
        var (verdict, after) = (await gates.Ask(context.ReceiveContext, job), job);
        using var trial = (verdict as Verdict.Call)?.Trial;
        if (verdict is Verdict.Call call)
        {
            var outcome = await calls.Join(operation, job, call.Lease, slot, context.CancellationToken);
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
