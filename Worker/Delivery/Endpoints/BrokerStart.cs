using Microsoft.Extensions.Hosting;
using OpenAIWorker.Delivery.Topology;

namespace OpenAIWorker.Delivery.Endpoints;

/// <summary>
/// What a program needs of its broker before its bus starts: the topology, then some services, side by side. They wait
/// for the broker most of the time, and the host starts one service after the other.
/// </summary>
/// <param name="topology">Declares everything.</param>
/// <param name="rows">The services. Those of a row need the ones before them.</param>
sealed class BrokerStart(TopologyStart topology, IReadOnlyList<IReadOnlyList<IHostedService>> rows)
    : IHostedService, IDisposable
{
    readonly CancellationTokenSource ended = new();
    Task? begun;

    /// <summary>
    /// Begins now, so that the broker answers while the rest of the program is being made. How it goes is told by
    /// <see cref="StartAsync"/>.
    /// </summary>
    public void Begin() => begun ??= Task.Run(() => Run(ended.Token));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var stopped = cancellationToken.Register(ended.Cancel);
        await (begun ??= Run(ended.Token));
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(rows.SelectMany(row => row).Select(part => part.StopAsync(cancellationToken)));

    // Twice: for its own registration and for that as a hosted service.
    public void Dispose()
    {
        if (ended.IsCancellationRequested)
            return;
        ended.Cancel();
        ended.Dispose();
    }

    async Task Run(CancellationToken cancellation)
    {
        await topology.Run(cancellation);
        await Task.WhenAll(rows.Select(async row =>
        {
            foreach (var part in row)
                await part.StartAsync(cancellation);
        }));
    }
}
