using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>
/// Stops jobs whose earlier steps cannot be read. Starting again would pay for all steps once more, and might never
/// end.
/// </summary>
sealed class LostStateGate : IJobGate
{
    static readonly Failure StateLost = new(FailureKind.Permanent, FailureCodes.WorkerError,
        "This worker cannot read the state of the job's earlier steps. Another version may have written it. "
            + "Send the job again.", Remedy.Operator);

    public ValueTask<Verdict?> Ask(Arrival arrival) =>
        new(arrival.Job.IsStateLost ? new Verdict.Refuse(StateLost) : null);
}
