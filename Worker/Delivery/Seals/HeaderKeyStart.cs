using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;

namespace OpenAIWorker.Delivery.Seals;

/// <summary>
/// Before the first job is read: gets the key that verifies its headers. The broker is available, because the topology
/// was declared.
/// </summary>
sealed class HeaderKeyStart(
    HeaderKeyStream stream, HeaderKeys keys, IOptions<BrokerOptions> options, TimeProvider clock) : IHostedService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (!keys.IsGiven && !await Agreed(cancellationToken))
            await Task.Delay(Pause, clock, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    async Task<bool> Agreed(CancellationToken cancellation)
    {
        try
        {
            await using var connection = await BrokerConnection.Open(options.Value, "key", cancellation);
            await stream.Agree(connection, cancellation);
            return true;
        }
        catch (Exception away) when (away is BrokerUnavailableException { Refusal.IsForGood: false }
            || BrokerConnection.IsAway(away, cancellation))
        {
            return false;
        }
    }
}
