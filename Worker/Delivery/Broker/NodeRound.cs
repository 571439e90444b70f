using RabbitMQ.Client;

namespace OpenAIWorker.Delivery.Broker;

/// <summary>
/// The nodes of the broker in random order, and the node that is being connected to, because the client asks for a
/// socket without naming it.
/// </summary>
sealed class NodeRound(IReadOnlyList<BrokerNode> nodes) : IEndpointResolver
{
    readonly AsyncLocal<BrokerNode> tried = new();

    /// <summary>The node of the current attempt.</summary>
    public BrokerNode Tried => tried.Value ?? nodes[0];

    public IEnumerable<AmqpTcpEndpoint> All()
    {
        var order = nodes.ToArray();
        Random.Shared.Shuffle(order);
        foreach (var node in order)
        {
            tried.Value = node;
            // The socket handles TLS itself. A message that the client refuses would close its connection and be
            // delivered again for ever, so the limit is the largest: RabbitMQ 3.x accepts 128 MiB by default.
            yield return new(node.Host, node.Port, new SslOption(), BrokerOptions.LargestAnywhere);
        }
    }
}
