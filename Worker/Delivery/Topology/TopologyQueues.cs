using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Operations;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery.Topology;

/// <summary>The queues and streams of the worker, without lanes and the delay ladder.</summary>
sealed class TopologyQueues(QueueNames topology)
{
    public async Task Declare(IChannel channel, bool quorum, CancellationToken cancellation)
    {
        foreach (var queue in All(quorum))
        {
            // As MassTransit declares an endpoint: a fanout exchange and a queue of the same name.
            if (queue.HasExchange)
                await channel.Exchange(queue.Name, ExchangeType.Fanout, cancellation);
            await Declare(channel, queue, cancellation);
            if (queue.HasExchange)
                await channel.BindQueue(queue.Name, "", cancellation);
        }
    }

    /// <summary>
    /// The conflict with existing queues, without creating any. Null: there is none, or no worker has run here yet.
    /// </summary>
    public async Task<string?> Conflict(IConnection connection, bool quorum, CancellationToken cancellation)
    {
        foreach (var queue in All(quorum))
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            try
            {
                await channel.QueueDeclarePassiveAsync(queue.Name, cancellation);
                // The queue exists, so this does not create it; it shows whether its arguments are the worker's.
                await Declare(channel, queue, cancellation);
            }
            catch (OperationInterruptedException missing)
                when (missing.ShutdownReason is { ReplyCode: Constants.NotFound })
            {
                // The first worker creates it.
            }
            catch (OperationInterruptedException refused)
                when (BrokerConnectionFailure.IsOfObject(refused.ShutdownReason))
            {
                return refused.ShutdownReason!.ReplyText;
            }
        }
        return null;
    }

    IEnumerable<DeclaredQueue> All(bool quorum) =>
    [
        new(topology.Expired, QueueArguments.Jobs(quorum), HasExchange: true),
        new(topology.Unknown, QueueArguments.Entrance(quorum, topology.Expired, null), HasExchange: true),
        new(topology.Cancellations, QueueArguments.Cancellations(), HasExchange: true),
        new(topology.Lanes, QueueArguments.Lanes(), HasExchange: true),
        new(topology.ToolAnswers, QueueArguments.ToolAnswers(), HasExchange: true),
        new(topology.Orders, QueueArguments.Orders()),
        new(topology.Seal, QueueArguments.Seal()),
        new(topology.Waits, QueueArguments.Waits()),
        new(topology.Workers, QueueArguments.Jobs(quorum)),
        new(topology.DeadLetters(QueueNames.UnknownOperation), QueueArguments.Jobs(quorum)),
        // All are declared here, so that jobs are safe even before the first worker starts.
        .. OperationCatalog.All.SelectMany(operation => new DeclaredQueue[]
        {
            new(topology.Queue(operation.Name), QueueArguments.Entrance(quorum, topology.Expired, operation.Name),
                HasExchange: true),
            new(topology.DeadLetters(operation.Name), QueueArguments.Jobs(quorum)),
        }),
    ];

    static Task<QueueDeclareOk> Declare(IChannel channel, DeclaredQueue queue, CancellationToken cancellation) =>
        channel.QueueDeclareAsync(queue.Name, durable: true, exclusive: false, autoDelete: false, queue.Arguments,
            cancellationToken: cancellation);

    /// <param name="Name">Its name.</param>
    /// <param name="Arguments">The arguments that the queue must have.</param>
    /// <param name="HasExchange">Whether an exchange of the same name forwards to it.</param>
    sealed record DeclaredQueue(string Name, Dictionary<string, object?> Arguments, bool HasExchange = false);
}
