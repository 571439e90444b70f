using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>Lets jobs wait until their <c>notBefore</c>.</summary>
sealed class NotBeforeGate(TimeProvider clock) : IJobGate
{
    public ValueTask<Verdict?> Ask(Arrival arrival)
    {
        if (arrival.Job.Request.NotBefore is not { } due || due <= clock.GetUtcNow())
            return default;
        return new(due > arrival.Job.Request.Deadline
            ? new Verdict.Refuse(RedeliveryPolicy.NeverDue(arrival.Job))
            : new Verdict.Wait(due, WaitCodes.NotBefore, $"The job is not to be called before {due:O}."));
    }
}
