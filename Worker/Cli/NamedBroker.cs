using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.DeadLetters;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli;

/// <summary>Opens what a verb needs on the broker that the settings name.</summary>
static class NamedBroker
{
    /// <summary>Opens a sender of cancellations.</summary>
    public static Task<CancelSender> Cancels(IReadOnlyList<string> settings, CancellationToken cancellation) =>
        Open(settings,
            "Set it to the broker of the job. Ctrl-C ends a job of batch or of send --wait in its own process.",
            (broker, services) => CancelSender.Open(broker, services.GetRequiredService<QueueNames>(),
                TimeProvider.System, cancellation));

    /// <summary>Opens the queues of dead letters.</summary>
    public static Task<DeadLetterQueues> DeadLetters(IReadOnlyList<string> settings, CancellationToken cancellation) =>
        Open(settings,
            "Set it to the broker with the dead letters; the embedded transport keeps none.",
            (broker, services) => DeadLetterQueues.Open(broker, services.GetRequiredService<QueueNames>(),
                services.GetRequiredService<TopologyDeclaration>(), TimeProvider.System, cancellation));

    static async Task<T> Open<T>(IReadOnlyList<string> settings, string cure,
        Func<BrokerOptions, IServiceProvider, Task<T>> open)
    {
        await using var services = WorkerHost.Settings(settings).Services.AddBroker().BuildServiceProvider();
        var broker = services.GetRequiredService<IOptions<BrokerOptions>>().Value;
        return broker.IsEmbedded
            ? throw new SettingsException([$"Broker:Uri is missing. {cure}"])
            : await open(broker, services);
    }
}
