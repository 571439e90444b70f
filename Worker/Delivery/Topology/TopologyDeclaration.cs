using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Delivery.Handlers;
using OpenAIWorker.Operations;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery.Topology;

/// <summary>
/// Declares everything in the broker: the queues, the delay ladder, the exchanges for foreign clients. Idempotent. The
/// exchange for jobs comes last, when every queue that a job may reach exists.
/// </summary>
sealed class TopologyDeclaration(QueueNames topology, DelayLadder ladder)
{
    /// <summary>The routing key of <see cref="CancelJob"/> on the exchange of jobs.</summary>
    public const string CancelKey = "cancel-job";

    public async Task Declare(IConnection connection, bool quorum, CancellationToken cancellation)
    {
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: cancellation))
            await Inside(channel, quorum, cancellation);
        await JobsEntrance.Declare(connection, topology.Jobs, cancellation);
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: cancellation))
            await Bindings(channel, cancellation);
    }

    /// <summary>Declares everything on one channel, if there is no conflict.</summary>
    public async Task Declare(IChannel channel, bool quorum, CancellationToken cancellation)
    {
        await Inside(channel, quorum, cancellation);
        await JobsEntrance.Declare(channel, topology.Jobs, cancellation);
        await Bindings(channel, cancellation);
    }

    /// <summary>
    /// The conflict with existing queues, without creating any. Null: there is none, or no worker has run here yet.
    /// </summary>
    public async Task<string?> Conflict(IConnection connection, bool quorum, CancellationToken cancellation)
    {
        foreach (var (queue, arguments) in Queues(quorum))
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            try
            {
                await channel.QueueDeclarePassiveAsync(queue, cancellation);
                // The queue exists, so this does not create it; it shows whether its arguments are the worker's.
                await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, arguments,
                    cancellationToken: cancellation);
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

    /// <summary>
    /// All exchanges. A missing one often causes no error: messages that other exchanges route to it are dropped.
    /// </summary>
    public IReadOnlyList<string> Exchanges { get; } =
    [
        topology.Jobs, topology.Events, topology.Expired, topology.Unknown, topology.Cancellations, topology.Lanes,
        topology.ToolAnswers, ladder.Foot,
        .. Enumerable.Range(0, DelayLadder.Levels).Select(ladder.Level),
        .. OperationCatalog.All.Select(operation => topology.Queue(operation.Name)),
        .. OperationCatalog.All.SelectMany(operation => new[] { operation.Request, operation.Result })
            .Concat(EventPublisher.CommonTypes).Append(typeof(IJobEnding)).Append(typeof(CancelJob))
            .Select(topology.TypeExchange),
    ];

    IEnumerable<(string Queue, Dictionary<string, object?> Arguments)> Queues(bool quorum) =>
    [
        (topology.Expired, QueueArguments.Jobs(quorum)),
        (topology.Unknown, QueueArguments.Entrance(quorum, topology.Expired, null)),
        (topology.Cancellations, QueueArguments.Cancellations()),
        (topology.Lanes, QueueArguments.Lanes()),
        (topology.ToolAnswers, QueueArguments.ToolAnswers()),
        (topology.Orders, QueueArguments.Orders()),
        (topology.Seal, QueueArguments.Seal()),
        (topology.Waits, QueueArguments.Waits()),
        (topology.Workers, QueueArguments.Jobs(quorum)),
        .. OperationCatalog.All.Select(operation =>
            (topology.Queue(operation.Name), QueueArguments.Entrance(quorum, topology.Expired, operation.Name))),
        .. OperationCatalog.All.Select(operation =>
            (topology.DeadLetters(operation.Name), QueueArguments.Jobs(quorum))),
    ];

    async Task Inside(IChannel channel, bool quorum, CancellationToken cancellation)
    {
        await Kept(channel, topology.Expired, QueueArguments.Jobs(quorum), cancellation);
        await Kept(channel, topology.Unknown, QueueArguments.Entrance(quorum, topology.Expired, null), cancellation);
        await Kept(channel, topology.Cancellations, QueueArguments.Cancellations(), cancellation);
        await Kept(channel, topology.Lanes, QueueArguments.Lanes(), cancellation);
        await Kept(channel, topology.ToolAnswers, QueueArguments.ToolAnswers(), cancellation);
        await channel.QueueDeclareAsync(topology.Orders, durable: true, exclusive: false, autoDelete: false,
            QueueArguments.Orders(), cancellationToken: cancellation);
        await channel.QueueDeclareAsync(topology.Seal, durable: true, exclusive: false, autoDelete: false,
            QueueArguments.Seal(), cancellationToken: cancellation);
        await channel.QueueDeclareAsync(topology.Waits, durable: true, exclusive: false, autoDelete: false,
            QueueArguments.Waits(), cancellationToken: cancellation);
        await channel.QueueDeclareAsync(topology.Workers, durable: true, exclusive: false, autoDelete: false,
            QueueArguments.Jobs(quorum), cancellationToken: cancellation);
        await channel.ExchangeDeclareAsync(topology.Events, ExchangeType.Topic, durable: true,
            cancellationToken: cancellation);
        await Events(channel, cancellation);
        await DeadLetters(channel, QueueNames.UnknownOperation, quorum, cancellation);
        await Ladder(channel, quorum, cancellation);
        foreach (var operation in OperationCatalog.All)
            await Operation(channel, operation, quorum, cancellation);
        await Requests(channel, typeof(CancelJob), topology.Cancellations, cancellation);
    }

    // All at once, because a job that arrives between the exchange and its binding finds no queue. Only the last one is
    // awaited, where a refusal shows.
    async Task Bindings(IChannel channel, CancellationToken cancellation)
    {
        foreach (var operation in OperationCatalog.All)
            await channel.ExchangeBindAsync(topology.Queue(operation.Name), topology.Jobs, operation.Name, noWait: true,
                cancellationToken: cancellation);
        await channel.ExchangeBindAsync(topology.Cancellations, topology.Jobs, CancelKey,
            cancellationToken: cancellation);
    }

    // The exchange of each event type, as MassTransit's subscribers bind them: its own type, and the common interface
    // of all endings.
    async Task Events(IChannel channel, CancellationToken cancellation)
    {
        var endings = topology.TypeExchange(typeof(IJobEnding));
        await channel.ExchangeDeclareAsync(endings, ExchangeType.Fanout, durable: true,
            cancellationToken: cancellation);
        foreach (var type in OperationCatalog.All.Select(operation => operation.Result)
            .Concat(EventPublisher.CommonTypes))
        {
            await channel.ExchangeDeclareAsync(topology.TypeExchange(type), ExchangeType.Fanout, durable: true,
                cancellationToken: cancellation);
            await channel.ExchangeBindAsync(topology.Events, topology.TypeExchange(type), "",
                cancellationToken: cancellation);
            if (typeof(IJobEnding).IsAssignableFrom(type))
                await channel.ExchangeBindAsync(endings, topology.TypeExchange(type), "",
                    cancellationToken: cancellation);
        }
    }

    // Everything here, so that jobs are safe even before the first worker has started.
    async Task Operation(IChannel channel, Operation operation, bool quorum, CancellationToken cancellation)
    {
        var queue = topology.Queue(operation.Name);
        await Kept(channel, queue, QueueArguments.Entrance(quorum, topology.Expired, operation.Name), cancellation);
        await Requests(channel, operation.Request, queue, cancellation);
        await channel.ExchangeBindAsync(queue, ladder.Foot, DelayLadder.PatternFor(queue),
            cancellationToken: cancellation);
        await DeadLetters(channel, operation.Name, quorum, cancellation);
    }

    // The exchange where MassTransit's senders publish a message of the type. MassTransit binds it too, but only when
    // an endpoint gets its channel.
    async Task Requests(IChannel channel, Type type, string entrance, CancellationToken cancellation)
    {
        await channel.ExchangeDeclareAsync(topology.TypeExchange(type), ExchangeType.Fanout, durable: true,
            cancellationToken: cancellation);
        await channel.ExchangeBindAsync(entrance, topology.TypeExchange(type), "", cancellationToken: cancellation);
    }

    async Task DeadLetters(IChannel channel, string operation, bool quorum, CancellationToken cancellation) => await
        channel.QueueDeclareAsync(topology.DeadLetters(operation), durable: true, exclusive: false, autoDelete: false,
            QueueArguments.Jobs(quorum), cancellationToken: cancellation);

    // As MassTransit declares an endpoint: a fanout exchange and a queue of the same name.
    static async Task Kept(IChannel channel, string name, Dictionary<string, object?> arguments,
        CancellationToken cancellation)
    {
        await channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, cancellationToken: cancellation);
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments,
            cancellationToken: cancellation);
        await channel.QueueBindAsync(name, name, "", cancellationToken: cancellation);
    }

    async Task Ladder(IChannel channel, bool quorum, CancellationToken cancellation)
    {
        await channel.ExchangeDeclareAsync(ladder.Foot, ExchangeType.Topic, durable: true,
            cancellationToken: cancellation);
        for (var level = 0; level < DelayLadder.Levels; level++)
        {
            var name = ladder.Level(level);
            await channel.ExchangeDeclareAsync(name, ExchangeType.Topic, durable: true,
                cancellationToken: cancellation);
            await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false,
                QueueArguments.Level(quorum, TimeSpan.FromSeconds(1L << level), ladder.Below(level)),
                cancellationToken: cancellation);
            await channel.QueueBindAsync(name, name, DelayLadder.Pattern(level, stops: true),
                cancellationToken: cancellation);
            await channel.ExchangeBindAsync(ladder.Below(level), name, DelayLadder.Pattern(level, stops: false),
                cancellationToken: cancellation);
        }
    }
}
