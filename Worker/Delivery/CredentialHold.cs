using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery;

/// <summary>
/// What jobs of a paused credential do. Where no credential works they are held, which leaves all others in their queues; where another
/// one works they are parked in the delay ladder, so that they do not stand in the way of its jobs.
/// </summary>
sealed class CredentialHold(CredentialGate gate, IOptions<DeliveryOptions> options, TimeProvider clock)
{
    // Holding and the longest call together stay below RabbitMQ's consumer timeout of 30 minutes.
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    /// <summary>Null: the job may call now. Else: when it should be taken up again.</summary>
    public async Task<DateTimeOffset?> Until(Job job, CancellationToken cancellation)
    {
        var end = clock.GetUtcNow() + Longest;
        while (gate.Enter(job.Credential) is { } pause)
        {
            if (!gate.IsClosedToAll || clock.GetUtcNow() >= end)
                return clock.GetUtcNow() + ParkFor(job);
            var probe = pause.NextProbe < end ? pause.NextProbe : end;
            await Task.WhenAny(pause.Over, Task.Delay(probe - clock.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero, clock, cancellation));
            cancellation.ThrowIfCancellationRequested();
        }
        return null;
    }

    /// <inheritdoc cref="CredentialGate.Learn"/>
    public object? Learn(Job job, Outcome outcome) => gate.Learn(job.Credential, outcome);

    /// <summary>A refusal of the credential becomes a wait, where the settings say so.</summary>
    public Failure Soften(Failure failure) =>
        gate.Keeps(failure) ? failure with { Kind = FailureKind.Throttled, RetryAfter = options.Value.ProbeInterval } : failure;

    // Twice as long each time, so that a long pause does not chase a long queue through the ladder every minute.
    TimeSpan ParkFor(Job job) => options.Value.ProbeInterval * (1 << Math.Min(job.Waits, 4));
}
