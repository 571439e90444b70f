using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.DeadLetters;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Settings;

namespace OpenAIWorker;

/// <summary>Opens the dead-letter queues of the broker that the settings name.</summary>
static class DeadLetterBoxes
{
    public static async Task<DeadLetterQueues> Open(IReadOnlyList<string> settings, CancellationToken cancellation)
    {
        var builder = WorkerHost.Settings(settings);
        await using var services = builder.Services.AddBroker().BuildServiceProvider();
        var broker = services.GetRequiredService<IOptions<BrokerOptions>>().Value;
        if (broker.IsEmbedded)
            throw new SettingsException(
                [
                    "Broker:Uri is missing. Set it to the broker whose dead letters are meant; the embedded "
                        + "transport keeps none."]);
        return await DeadLetterQueues.Open(broker, services.GetRequiredService<QueueNames>(),
            services.GetRequiredService<TopologyDeclaration>(), cancellation);
    }
}
