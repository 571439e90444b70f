using System.Text;
using OpenAIWorker.Settings;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery;

/// <summary>Whether the broker lets this worker in.</summary>
static class BrokerProbe
{
    public static async Task<ProbeReport> Run(BrokerOptions options, CancellationToken cancellation)
    {
        if (options.IsEmbedded)
            return new("broker", true, "embedded: jobs wait in this process, and end with it");
        var address = new Uri(options.Uri!);
        var shown = $"broker {address.Host}:{(address.Port > 0 ? address.Port : 5672)}";
        try
        {
            await using var connection = await new ConnectionFactory { Uri = address, ClientProvidedName = "openai-worker check" }.CreateConnectionAsync(cancellation);
            var version = connection.ServerProperties?.TryGetValue("version", out var bytes) == true && bytes is byte[] text ? Encoding.UTF8.GetString(text) : "of unknown version";
            return new(shown, true, $"RabbitMQ {version}");
        }
        catch (BrokerUnreachableException refused)
        {
            return new(shown, false, refused.GetBaseException().Message);
        }
    }
}
