using OpenAIWorker.Delivery.Clients;

namespace OpenAIWorker.Cli.Batch;

/// <summary>How long a run waits for a broker that disconnected: long enough for a restart, no longer.</summary>
sealed class BrokerPatience(IJobClient client, TimeProvider clock)
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    /// <summary>Completes with the reason when the broker has been away for too long.</summary>
    public async Task<string> Lost(CancellationToken cancellation)
    {
        var there = clock.GetTimestamp();
        while (true)
        {
            await Task.Delay(Step, clock, cancellation);
            if (client.Away is not { } reason)
                there = clock.GetTimestamp();
            else if (clock.GetElapsedTime(there) >= Longest)
                return $"The broker has not been reachable for {Longest.TotalSeconds:0} s: {reason.TrimEnd('.')}. "
                    + "--wait waits as long as it takes.";
        }
    }
}
