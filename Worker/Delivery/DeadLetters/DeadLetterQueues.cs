using System.Runtime.CompilerServices;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Operations;
using OpenAIWorker.Settings;
using RabbitMQ.Client;

namespace OpenAIWorker.Delivery.DeadLetters;

/// <summary>
/// The dead-letter queues, on a separate channel. A letter that is only read is returned when this object is disposed,
/// so only one should be open at a time. A replay is one transaction: the job is sent and the letter is removed, or
/// neither.
/// </summary>
sealed class DeadLetterQueues : IAsyncDisposable
{
    readonly IConnection connection;
    readonly IChannel channel;
    readonly QueueNames topology;
    readonly TimeProvider clock;

    DeadLetterQueues(IConnection connection, IChannel channel, QueueNames topology, TimeProvider clock) =>
        (this.connection, this.channel, this.topology, this.clock) = (connection, channel, topology, clock);

    /// <exception cref="SettingsException">No worker has ever run there, or the user lacks the right.</exception>
    public static async Task<DeadLetterQueues> Open(BrokerOptions broker, QueueNames topology,
        TopologyDeclaration declaration, TimeProvider clock, CancellationToken cancellation)
    {
        var connection = await BrokerConnection.Open(broker, "dead", cancellation);
        try
        {
            await FindQueues(connection, broker, topology, declaration, cancellation);
            var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            await channel.TxSelectAsync(cancellation);
            return new(connection, channel, topology, clock);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // A user without the right to declare queues can still read them. Workers of an older version made only some of
    // them; where no worker has run, the prefix or the virtual host may be a wrong one, and nothing is made there.
    static async Task FindQueues(IConnection connection, BrokerOptions broker, QueueNames topology,
        TopologyDeclaration declaration, CancellationToken cancellation)
    {
        if (await PassiveDeclaration.OfQueues(connection, Operations.Select(topology.DeadLetters), cancellation))
            return;
        if (!await PassiveDeclaration.OfQueues(connection, [topology.DeadLetters(QueueNames.UnknownOperation)],
            cancellation))
            throw new SettingsException(
                [
                    $"No worker has run on this broker with the prefix '{broker.Prefix}': there is no queue "
                        + $"{topology.DeadLetters(QueueNames.UnknownOperation)}. Check Broker:Prefix and the virtual "
                        + "host of Broker:Uri, or start a worker first."]);
        await PassiveDeclaration.Declare(connection, declaration, broker, cancellation);
    }

    /// <summary>All operations that can have dead letters.</summary>
    public static IEnumerable<string> Operations =>
        OperationCatalog.All.Select(operation => operation.Name).Append(QueueNames.UnknownOperation);

    /// <summary>The number of letters that <see cref="Read"/> would check.</summary>
    public async Task<long> Count(DeadLetterFilter filter, CancellationToken cancellation)
    {
        var count = 0L;
        foreach (var operation in OperationsOf(filter))
            count += await channel.MessageCountAsync(topology.DeadLetters(operation), cancellation);
        return count;
    }

    /// <summary>The existing letters that match; it does not wait for new ones.</summary>
    public async IAsyncEnumerable<DeadLetter> Read(
        DeadLetterFilter filter, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellation,
        Action? looked = null)
    {
        foreach (var operation in OperationsOf(filter))
        {
            var queue = topology.DeadLetters(operation);
            var count = await channel.MessageCountAsync(queue, cancellation);
            for (var i = 0u; i < count
                && await PassiveDeclaration.Permitted(() =>
                    channel.BasicGetAsync(queue, autoAck: false, cancellation)) is { } got; i++)
            {
                looked?.Invoke();
                var letter = new DeadLetter(operation, got.DeliveryTag, got.BasicProperties, got.Body);
                if (filter.Matches(letter, now))
                    yield return letter;
            }
        }
    }

    /// <summary>Sends the job again, with its old id and all its attempts.</summary>
    public async Task Replay(DeadLetter letter, CancellationToken cancellation)
    {
        // Through the exchange that producers use, so that replaying needs no right to write to every queue.
        var routingKey = letter.Operation == QueueNames.UnknownOperation ? letter.RoutingKey : letter.Operation;
        await PassiveDeclaration.Permitted(async () =>
        {
            await channel.BasicPublishAsync(topology.Jobs, routingKey, mandatory: true,
                letter.Reborn(clock.GetUtcNow()), letter.Body, cancellation);
            await Drop(letter, cancellation);
            return true;
        });
    }

    /// <summary>Sends a job again whose message is stored elsewhere. It starts from the beginning.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="id">The job's id.</param>
    /// <param name="body">Its message's body, unchanged.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task Send(string operation, string id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var properties = new BasicProperties
        {
            ContentType = "application/json",
            Persistent = true,
            MessageId = AmqpShortString.Fits(id) ? id : null,
            Headers = SentAgain.Headers(clock.GetUtcNow())
                .Append(new(DeadLetterHeaders.Replay, Guid.NewGuid().ToString())).ToDictionary(),
        };
        await PassiveDeclaration.Permitted(async () =>
        {
            await channel.BasicPublishAsync(topology.Jobs, operation, mandatory: true, properties, body, cancellation);
            await channel.TxCommitAsync(cancellation);
            return true;
        });
    }

    /// <summary>Deletes the letter.</summary>
    public async Task Drop(DeadLetter letter, CancellationToken cancellation)
    {
        await channel.BasicAckAsync(letter.Tag, multiple: false, cancellation);
        await channel.TxCommitAsync(cancellation);
    }

    static IEnumerable<string> OperationsOf(DeadLetterFilter filter) =>
        Operations.Where(operation => filter.Operation is null || filter.Operation == operation);

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}
