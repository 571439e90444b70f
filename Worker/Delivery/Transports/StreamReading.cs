using OpenAIWorker.Delivery.Broker;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery.Transports;

/// <summary>
/// Reads a stream from its first message. A stream's end cannot be queried, so the reader writes a message of its own:
/// <see cref="CaughtUp"/> completes when it is read. Later messages are read as they arrive.
/// </summary>
sealed class StreamReading : IAsyncDisposable
{
    // Each may be as large as the broker allows, but the size of a stream is limited.
    const ushort Prefetch = 20;

    readonly TaskCompletionSource caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly string mark = Guid.NewGuid().ToString();
    readonly IChannel channel;
    readonly Action<BasicDeliverEventArgs> each;
    IAsyncDisposable? following;

    StreamReading(IChannel channel, Action<BasicDeliverEventArgs> each) => (this.channel, this.each) = (channel, each);

    /// <summary>Completes when everything in the stream is read. Fails if the channel closes before.</summary>
    public Task CaughtUp => caughtUp.Task;

    /// <summary>Completes when reading has ended.</summary>
    public Task Closed => closed.Task;

    /// <param name="connection">The connection to the broker.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="each">Called for each message in order.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<StreamReading> Begin(IConnection connection, string stream,
        Action<BasicDeliverEventArgs> each, CancellationToken cancellation)
    {
        var channel = await connection.ConfirmingChannel(cancellation);
        try
        {
            var reading = new StreamReading(channel, each);
            await reading.Begin(stream, cancellation);
            return reading;
        }
        catch
        {
            await channel.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await following!.DisposeAsync();
        await channel.DisposeAsync();
    }

    async Task Begin(string stream, CancellationToken cancellation)
    {
        var properties = new BasicProperties { MessageId = mark, ContentType = "application/json", Persistent = true };
        await channel.BasicPublishAsync("", stream, mandatory: true, properties, "{}"u8.ToArray(), cancellation);
        channel.ChannelShutdownAsync += (_, gone) =>
        {
            caughtUp.TrySetException(new OperationInterruptedException(gone));
            // Marks the exception as observed if nothing awaits the task.
            caughtUp.Task.Exception?.Handle(_ => true);
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        following = await channel.Follow(stream, Prefetch, Receive, null, cancellation);
    }

    void Receive(BasicDeliverEventArgs message)
    {
        if (message.BasicProperties.MessageId == mark)
            caughtUp.TrySetResult();
        else
            each(message);
    }
}
