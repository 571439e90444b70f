using System.Diagnostics;
using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Delivery.Settlement;

/// <summary>
/// Carries out verdicts. When it returns, the broker has the job's ending or wait, and its message can be acknowledged.
/// </summary>
sealed class JobSettlement(
    CompleteJob completing, FailJob failing, DelayJob delaying, ContinueJob continuing, WaitingJobs waiting,
    BrokerFaults faults, ITransport transport)
{
    /// <summary>Whether the worker stops and no broker takes the job back: the next run must send it.</summary>
    public bool IsLeft => faults.LeavesJobs;

    public Task Settle<TRequest, TResult>(ConsumeContext<TRequest> context, Job job, Verdict verdict)
        where TRequest : JobRequest
        where TResult : OperationResult => verdict switch
        {
            Verdict.Complete { Outcome: var outcome } =>
                completing.Complete(context.ReceiveContext, job, (TResult)outcome.Result!, outcome),
            Verdict.Continue { Next: var next } => continuing.Continue(context, job, next),
            Verdict.GiveUp { Failure: var failure } => failing.Fail(context.ReceiveContext, job, failure),
            Verdict.Refuse { Failure: var failure } => failing.Fail(context.ReceiveContext, job, failure),
            Verdict.Answer { Ended: var ended } => completing.Answer(context.ReceiveContext, job, ended),
            Verdict.Yield { Delay: var delay } => delaying.Yield(context, job, delay),
            Verdict.CallOff off => CallOff(context.ReceiveContext, job, off),
            Verdict.TryAgain again => delaying.TryAgain(context, job, again),
            Verdict.Wait wait => delaying.Wait(context, job, wait),
            Verdict.Queue queue => delaying.Queue(context, job, queue),
            Verdict.GiveBack { Lane: var lane } => delaying.GiveBack(context, job, lane),
            _ => throw new UnreachableException($"{verdict}"),
        };

    /// <summary>
    /// Whether the exception ends the job: it occurred before the job was settled, and neither the broker nor the
    /// worker's stop caused it.
    /// </summary>
    public bool IsOfJob(ReceiveContext context, Exception fault) =>
        !Delivered.Of(context).IsSettled && !faults.Explain(context, fault);

    /// <summary>
    /// Returns the job to where it waited. If it was not called, this is announced while the broker can be reached.
    /// </summary>
    public Task GiveBack(ReceiveContext context, Job job, bool wasCalled) =>
        waiting.GiveBack(context, job, isToldOf: !wasCalled && transport.IsOpen(context));

    async Task CallOff(ReceiveContext context, Job job, Verdict.CallOff off)
    {
        if (off.At.IsTold)
        {
            await failing.Keep(context, job, off.Failure);
            return;
        }
        await failing.Fail(context, job, off.Failure);
        waiting.Told(off.At.Key);
    }
}
