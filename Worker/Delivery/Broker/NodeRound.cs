using RabbitMQ.Client;

namespace OpenAIWorker.Delivery.Broker;

/// <summary>
/// The nodes of the broker in random order, and the node that is being connected to, because the client asks for a
/// socket without naming it.
/// </summary>
sealed class NodeRound(IReadOnlyList<BrokerNode> nodes) : IEndpointResolver
{
    readonly AsyncLocal<BrokerNode> tried = new();

    /// <summary>The one that the current attempt is at.</summary>
    public BrokerNode Tried => tried.Value ?? nodes[0];

    public IEnumerable<AmqpTcpEndpoint> All()
    {
        var order = nodes.ToArray();
        Random.Shared.Shuffle(order);
        foreach (var node in order)
        {
            tried.Value = node;
            // The socket speaks TLS itself. What the client refuses closes its connection, and comes back for ever:
            // RabbitMQ 3.x takes 128 MiB by default.
            yield return new(node.Host, node.Port, new SslOption(), BrokerOptions.LargestAnywhere);
        }
    }
}
