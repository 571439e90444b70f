using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Delivery.Handlers;
using OpenAIWorker.Operations;
using RabbitMQ.Client;

namespace OpenAIWorker.Delivery.Topology;

/// <summary>
/// Declares everything in the broker: the queues, the delay ladder, the exchanges for foreign clients. Idempotent. The
/// exchange for jobs comes last, when every queue that a job may reach exists.
/// </summary>
sealed class TopologyDeclaration(QueueNames topology, DelayLadder ladder)
{
    /// <summary>The routing key of <see cref="CancelJob"/> on the exchange of jobs.</summary>
    public const string CancelKey = "cancel-job";

    readonly TopologyQueues queues = new(topology);

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
    public Task<string?> Conflict(IConnection connection, bool quorum, CancellationToken cancellation) =>
        queues.Conflict(connection, quorum, cancellation);

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

    async Task Inside(IChannel channel, bool quorum, CancellationToken cancellation)
    {
        await queues.Declare(channel, quorum, cancellation);
        await channel.Exchange(topology.Events, ExchangeType.Topic, cancellation);
        await Events(channel, cancellation);
        await Ladder(channel, quorum, cancellation);
        foreach (var operation in OperationCatalog.All)
            await Operation(channel, operation, cancellation);
        await Requests(channel, typeof(CancelJob), topology.Cancellations, cancellation);
        await channel.Done(topology.Events, cancellation);
    }

    // All at once, because a job that arrives between the exchange and its binding finds no queue.
    async Task Bindings(IChannel channel, CancellationToken cancellation)
    {
        foreach (var operation in OperationCatalog.All)
            await channel.Bind(topology.Queue(operation.Name), topology.Jobs, operation.Name, cancellation);
        await channel.Bind(topology.Cancellations, topology.Jobs, CancelKey, cancellation);
        await channel.Done(topology.Jobs, cancellation);
    }

    // The exchange of each event type, as MassTransit's subscribers bind them: its own type, and the common interface
    // of all endings.
    async Task Events(IChannel channel, CancellationToken cancellation)
    {
        var endings = topology.TypeExchange(typeof(IJobEnding));
        await channel.Exchange(endings, ExchangeType.Fanout, cancellation);
        foreach (var type in OperationCatalog.All.Select(operation => operation.Result)
            .Concat(EventPublisher.CommonTypes))
        {
            await channel.Exchange(topology.TypeExchange(type), ExchangeType.Fanout, cancellation);
            await channel.Bind(topology.Events, topology.TypeExchange(type), "", cancellation);
            if (typeof(IJobEnding).IsAssignableFrom(type))
                await channel.Bind(endings, topology.TypeExchange(type), "", cancellation);
        }
    }

    // Everything here, so that jobs are safe even before the first worker has started.
    async Task Operation(IChannel channel, Operation operation, CancellationToken cancellation)
    {
        var queue = topology.Queue(operation.Name);
        await Requests(channel, operation.Request, queue, cancellation);
        await channel.Bind(queue, ladder.Foot, DelayLadder.PatternFor(queue), cancellation);
    }

    // The exchange where MassTransit's senders publish a message of the type. MassTransit binds it too, but only when
    // an endpoint gets its channel.
    async Task Requests(IChannel channel, Type type, string entrance, CancellationToken cancellation)
    {
        await channel.Exchange(topology.TypeExchange(type), ExchangeType.Fanout, cancellation);
        await channel.Bind(entrance, topology.TypeExchange(type), "", cancellation);
    }

    async Task Ladder(IChannel channel, bool quorum, CancellationToken cancellation)
    {
        await channel.Exchange(ladder.Foot, ExchangeType.Topic, cancellation);
        for (var level = 0; level < DelayLadder.Levels; level++)
        {
            var name = ladder.Level(level);
            await channel.Exchange(name, ExchangeType.Topic, cancellation);
            await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false,
                QueueArguments.Level(quorum, TimeSpan.FromSeconds(1L << level), ladder.Below(level)),
                cancellationToken: cancellation);
            await channel.BindQueue(name, DelayLadder.Pattern(level, stops: true), cancellation);
            await channel.Bind(ladder.Below(level), name, DelayLadder.Pattern(level, stops: false), cancellation);
        }
    }
}
