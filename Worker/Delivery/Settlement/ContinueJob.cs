using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Records;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Delivery.Settlement;

/// <summary>Sends a job to its next step, now or later.</summary>
sealed class ContinueJob(JobMoves moves, DelayNews news, FailJob failing, TimeProvider clock)
{
    static readonly Failure TooMuchToRemember = new(FailureKind.Permanent, FailureCodes.RequestTooLarge,
        "The model's function calls are more than a message can carry from step to step. Ask for "
            + "fewer calls at once, or leave out store: false.", Remedy.Sender);

    public async Task Continue<T>(ConsumeContext<T> context, Job job, Suspension next) where T : class
    {
        if (StateBound.Fitted(job.State!) is not { } state)
        {
            await failing.Fail(context.ReceiveContext, job, TooMuchToRemember);
            return;
        }
        var headers = (job with { State = state }).Suspended(next.IsNews);
        if (next.Delay == TimeSpan.Zero)
            await moves.ToQueue(context, job, headers);
        else
            await moves.Delay(context, job, headers, next.Delay,
                next.IsNews ? [RecordedSteps.Wait(job, next.Code, null, clock.GetUtcNow() + next.Delay)] : []);
        if (next.IsNews)
            await news.Tell(context, job, clock.GetUtcNow() + next.Delay, headers, next.Code, next.Message);
    }
}
