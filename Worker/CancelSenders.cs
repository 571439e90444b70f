using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Settings;

namespace OpenAIWorker;

/// <summary>Opens the way to cancel jobs on the broker that the settings name.</summary>
static class CancelSenders
{
    public static async Task<CancelSender> Open(IReadOnlyList<string> settings, CancellationToken cancellation)
    {
        await using var services = WorkerHost.Settings(settings).Services.AddBroker().BuildServiceProvider();
        var broker = services.GetRequiredService<IOptions<BrokerOptions>>().Value;
        if (broker.IsEmbedded)
            throw new SettingsException(
                [
                    "Broker:Uri is missing. Set it to the broker where the job is; a job of batch or of send --wait "
                        + "ends with Ctrl-C there."]);
        return await CancelSender.Open(broker, services.GetRequiredService<QueueNames>(), TimeProvider.System,
            cancellation);
    }
}
