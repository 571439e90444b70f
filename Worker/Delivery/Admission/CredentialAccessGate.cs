using OpenAIWorker.Delivery.Credentials;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>Stops jobs with an unknown credential, or with one that their sender may not use.</summary>
sealed class CredentialAccessGate(OpenAIClients clients, CredentialSenders senders) : IJobGate
{
    // Before limits and telemetry see the credential's name: it may be a key in the wrong place.
    public ValueTask<Verdict?> Ask(Arrival arrival) =>
        new((clients.Unknown(arrival.Job.Request) ?? senders.Refusal(arrival.Job)) is { } refusal
            ? new Verdict.Refuse(refusal)
            : null);
}
