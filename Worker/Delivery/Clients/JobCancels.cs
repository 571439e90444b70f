using MassTransit;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Topology;

namespace OpenAIWorker.Delivery.Clients;

/// <summary>Tells the workers to cancel jobs, with this process's own bus.</summary>
sealed class JobCancels(IBus bus, QueueNames topology, IOptions<BrokerOptions> broker, TimeProvider clock)
{
    /// <summary>Completes when the broker has confirmed it.</summary>
    public async Task Send(CancelJob cancel, CancellationToken cancellation)
    {
        var kind = broker.Value.IsEmbedded ? "queue" : "exchange";
        var endpoint = await bus.GetSendEndpoint(new($"{kind}:{topology.Cancellations}"));
        await endpoint.Send(cancel, Pipe.Execute<SendContext>(send =>
            send.Headers.Set(SentTimestamp.Header, clock.GetUtcNow().ToUnixTimeMilliseconds())), cancellation);
    }
}
