using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Settlement;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>
/// Lets a job through to the call that it has had already: what follows is for calls that are still to be made.
/// </summary>
sealed class AtHandGate(JobCalls calls) : IJobGate
{
    public ValueTask<Verdict?> Ask(Arrival arrival) =>
        new(calls.HasBegun(arrival.Job) || calls.IsAnswered(arrival.Job) ? Verdict.Call.AtHand : null);
}
