using System.Text;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Delivery.Broker;

/// <summary>Checks whether the broker accepts this worker.</summary>
static class BrokerProbe
{
    public static async Task<ProbeReport> Run(BrokerOptions options, TopologyDeclaration declaration,
        CancellationToken cancellation)
    {
        if (options.IsEmbedded)
            return new("broker", true, "embedded: jobs wait in this process, and are lost when it ends");
        var shown = $"broker {BrokerNodes.Shown(options)}";
        try
        {
            await using var connection = await BrokerConnection.Open(options, "check", cancellation, recovers: false);
            var version = connection.ServerProperties?.TryGetValue("version", out var bytes) == true
                && bytes is byte[] text ? Encoding.UTF8.GetString(text) : "of unknown version";
            return await declaration.Conflict(connection, options.Quorum, cancellation) is { } conflict
                ? new(shown, false, $"RabbitMQ {version}: {conflict}")
                : new(shown, true, $"RabbitMQ {version}");
        }
        catch (BrokerUnavailableException away)
        {
            return new(shown, false, away.Refusal.Says);
        }
        catch (Exception cut) when (BrokerConnection.IsAway(cut, cancellation))
        {
            return new(shown, false, $"the connection broke: {cut.Message}");
        }
    }
}
