using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;
using RabbitMQ.Client;

namespace OpenAIWorker.Delivery;

/// <summary>Declares everything in the broker: the queues, the delay ladder, the exchanges for foreign clients. Idempotent.</summary>
sealed class TopologyDeclaration(Topology topology, DelayLadder ladder)
{
    /// <summary>The routing key of <see cref="CancelJob"/> on the exchange of jobs.</summary>
    public const string CancelKey = "cancel-job";

    public async Task Declare(IChannel channel, bool quorum, CancellationToken cancellation)
    {
        await Kept(channel, topology.Expired, QueueArguments.Jobs(quorum), cancellation);
        await Kept(channel, topology.Unknown, QueueArguments.Entrance(quorum, topology.Expired, null), cancellation);
        await channel.ExchangeDeclareAsync(topology.Jobs, ExchangeType.Direct, durable: true,
            arguments: new Dictionary<string, object?> { ["alternate-exchange"] = topology.Unknown }, cancellationToken: cancellation);
        await Kept(channel, topology.Cancellations, QueueArguments.Cancellations(), cancellation);
        await Kept(channel, topology.Lanes, QueueArguments.Lanes(), cancellation);
        await Kept(channel, topology.ToolAnswers, QueueArguments.ToolAnswers(), cancellation);
        await channel.QueueDeclareAsync(topology.Seal, durable: true, exclusive: false, autoDelete: false, QueueArguments.Seal(), cancellationToken: cancellation);
        await channel.ExchangeBindAsync(topology.Cancellations, topology.Jobs, CancelKey, cancellationToken: cancellation);
        await channel.QueueDeclareAsync(topology.Workers, durable: true, exclusive: false, autoDelete: false, QueueArguments.Jobs(quorum), cancellationToken: cancellation);
        await channel.ExchangeDeclareAsync(topology.Events, ExchangeType.Topic, durable: true, cancellationToken: cancellation);
        foreach (var type in OperationCatalog.All.Select(operation => operation.Result).Concat(EventPublisher.CommonTypes))
        {
            await channel.ExchangeDeclareAsync(topology.TypeExchange(type), ExchangeType.Fanout, durable: true, cancellationToken: cancellation);
            await channel.ExchangeBindAsync(topology.Events, topology.TypeExchange(type), "", cancellationToken: cancellation);
        }
        await DeadLetters(channel, Topology.UnknownOperation, quorum, cancellation);
        await Ladder(channel, quorum, cancellation);
        foreach (var operation in OperationCatalog.All)
            await Operation(channel, operation.Name, quorum, cancellation);
    }

    // All of it here, so that jobs are safe even before the first worker has started.
    async Task Operation(IChannel channel, string operation, bool quorum, CancellationToken cancellation)
    {
        var queue = topology.Queue(operation);
        await Kept(channel, queue, QueueArguments.Entrance(quorum, topology.Expired, operation), cancellation);
        await channel.ExchangeBindAsync(queue, topology.Jobs, operation, cancellationToken: cancellation);
        await channel.ExchangeBindAsync(queue, ladder.Foot, DelayLadder.PatternFor(queue), cancellationToken: cancellation);
        await DeadLetters(channel, operation, quorum, cancellation);
    }

    async Task DeadLetters(IChannel channel, string operation, bool quorum, CancellationToken cancellation) => await
        channel.QueueDeclareAsync(topology.DeadLetters(operation), durable: true, exclusive: false, autoDelete: false,
            QueueArguments.Jobs(quorum), cancellationToken: cancellation);

    // As MassTransit declares an endpoint: a fanout exchange and a queue of the same name.
    static async Task Kept(IChannel channel, string name, Dictionary<string, object?> arguments, CancellationToken cancellation)
    {
        await channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, cancellationToken: cancellation);
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellation);
        await channel.QueueBindAsync(name, name, "", cancellationToken: cancellation);
    }

    async Task Ladder(IChannel channel, bool quorum, CancellationToken cancellation)
    {
        await channel.ExchangeDeclareAsync(ladder.Foot, ExchangeType.Topic, durable: true, cancellationToken: cancellation);
        for (var level = 0; level < DelayLadder.Levels; level++)
        {
            var name = ladder.Level(level);
            await channel.ExchangeDeclareAsync(name, ExchangeType.Topic, durable: true, cancellationToken: cancellation);
            await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false,
                QueueArguments.Level(quorum, TimeSpan.FromSeconds(1L << level), ladder.Below(level)), cancellationToken: cancellation);
            await channel.QueueBindAsync(name, name, DelayLadder.Pattern(level, stops: true), cancellationToken: cancellation);
            await channel.ExchangeBindAsync(ladder.Below(level), name, DelayLadder.Pattern(level, stops: false), cancellationToken: cancellation);
        }
    }
}
