using Microsoft.Extensions.Hosting;

namespace OpenAIWorker.Delivery.Endpoints;

/// <summary>
/// Services that start at the same time, because none needs another. They wait for the broker most of the time. The
/// host starts one after the other.
/// </summary>
sealed class StartedTogether(IReadOnlyList<IHostedService> parts) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(parts.Select(part => part.StartAsync(cancellationToken)));

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(parts.Select(part => part.StopAsync(cancellationToken)));
}
