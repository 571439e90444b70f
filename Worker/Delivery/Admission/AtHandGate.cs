using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Settlement;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>
/// Lets a job through whose call has been made already: the following gates are for calls that are still to be made.
/// </summary>
sealed class AtHandGate(JobCalls calls) : IJobGate
{
    public ValueTask<Verdict?> Ask(Arrival arrival) =>
        new(Verdict.Call.Joining(calls.AtHand(arrival.Job)));
}
