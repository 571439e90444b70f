using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.DeadLetters;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli;

/// <summary>What verbs open on the broker that the settings name.</summary>
static class NamedBroker
{
    /// <summary>The way to cancel jobs.</summary>
    public static Task<CancelSender> Cancels(IReadOnlyList<string> settings, CancellationToken cancellation) =>
        Open(settings,
            "Set it to the broker where the job is; a job of batch or of send --wait ends with Ctrl-C there.",
            (broker, services) => CancelSender.Open(broker, services.GetRequiredService<QueueNames>(),
                TimeProvider.System, cancellation));

    /// <summary>The dead letters.</summary>
    public static Task<DeadLetterQueues> DeadLetters(IReadOnlyList<string> settings, CancellationToken cancellation) =>
        Open(settings,
            "Set it to the broker whose dead letters are meant; the embedded transport keeps none.",
            (broker, services) => DeadLetterQueues.Open(broker, services.GetRequiredService<QueueNames>(),
                services.GetRequiredService<TopologyDeclaration>(), cancellation));

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
