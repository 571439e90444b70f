using MassTransit;
using Microsoft.Extensions.Logging;

namespace OpenAIWorker.Delivery;

/// <summary>Tells once that the broker went away, and once that it is back, however many endpoints notice.</summary>
sealed partial class BrokerWatch(BrokerState state, ILogger<BrokerWatch> logger) : IReceiveEndpointObserver
{
    readonly Log log = new(logger);

    public Task Ready(ReceiveEndpointReady ready)
    {
        if (state.CameBack())
            log.Back();
        return Task.CompletedTask;
    }

    public Task Faulted(ReceiveEndpointFaulted faulted)
    {
        if (state.WentAway())
            log.Away(faulted.Exception?.GetBaseException().Message ?? "unknown");
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(11, LogLevel.Warning, "The broker is away: {Reason}. Calls in flight go on; the worker comes back by itself")]
        public partial void Away(string reason);

        [LoggerMessage(12, LogLevel.Information, "The broker is back")]
        public partial void Back();
    }
}
