using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenAIWorker.Delivery.Broker.Watching;

/// <summary>Logs once that the broker is away, and once that it is back, however many endpoints notice.</summary>
sealed partial class BrokerConnectionObserver(BrokerConnectionState state, IHostApplicationLifetime host,
    ILogger<BrokerConnectionObserver> logger) : IReceiveEndpointObserver
{
    readonly Log log = new(logger);

    public Task Ready(ReceiveEndpointReady ready)
    {
        if (state.CameBack(ready.InputAddress))
            log.Back();
        return Task.CompletedTask;
    }

    public Task Faulted(ReceiveEndpointFaulted faulted)
    {
        var reason = faulted.Exception?.GetBaseException().Message;
        if (state.WentAway(faulted.InputAddress, reason))
            log.Away(reason ?? "unknown");
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping)
    {
        state.Left(stopping.InputAddress);
        return Task.CompletedTask;
    }

    // The connection broke, or the broker ended the consumer; MassTransit reports nothing else if it reconnects at
    // once.
    public Task Completed(ReceiveEndpointCompleted completed)
    {
        if (!host.ApplicationStopping.IsCancellationRequested)
            state.Ended(completed.InputAddress);
        return Task.CompletedTask;
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(11, LogLevel.Warning,
            "The broker is not reachable; running calls continue, and the worker reconnects by itself: {Reason}")]
        public partial void Away(string reason);

        [LoggerMessage(12, LogLevel.Information, "The broker is reachable again")]
        public partial void Back();
    }
}
