using Microsoft.Extensions.Hosting;

namespace OpenAIWorker.Delivery.Endpoints;

/// <summary>
/// Services that start at the same time, because none needs another: most of a start is waiting for the broker. The host
/// starts one after the other.
/// </summary>
sealed class StartedTogether(IReadOnlyList<IHostedService> parts) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(parts.Select(part => part.StartAsync(cancellationToken)));

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(parts.Select(part => part.StopAsync(cancellationToken)));
}
