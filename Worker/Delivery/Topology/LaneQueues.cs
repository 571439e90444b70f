using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery.Topology;

/// <summary>
/// Declares lanes on separate channels: a refusal closes a channel, and must not affect the jobs of an operation. There
/// are several channels, because the broker answers a channel in order and needs some time for a quorum queue: a
/// thousand simultaneous tenants would wait for each other.
/// </summary>
[SuppressMessage("Design", "CA1001",
    Justification = "A semaphore without a wait handle owns nothing, and the channels end with their connection.")]
sealed class LaneQueues(IOptions<BrokerOptions> broker, TimeProvider clock)
{
    const int AtOnce = 4;

    // Far less than the time for which an unused lane is kept.
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    readonly SemaphoreSlim turns = new(AtOnce);
    readonly ConcurrentStack<Declaring> idle = new();
    readonly ConcurrentDictionary<string, Declared> made = new();

    /// <summary>
    /// Declares the lane, unless this was done a moment ago on the same connection for the job that opened it: a
    /// thousand simultaneous tenants need not ask twice.
    /// </summary>
    public Task Ensure(IConnection on, string queue, CancellationToken cancellation) =>
        made.TryRemove(queue, out var once) && once.On == on && clock.GetElapsedTime(once.At) < Fresh
            ? Task.CompletedTask
            : Declare(on, queue, cancellation);

    /// <summary>Declares the lane for a job that is sent there; the lane's consumer starts next.</summary>
    public async Task Make(IConnection on, string queue, CancellationToken cancellation)
    {
        await Declare(on, queue, cancellation);
        made[queue] = new(on, clock.GetTimestamp());
    }

    async Task Declare(IConnection on, string queue, CancellationToken cancellation)
    {
        await turns.WaitAsync(cancellation);
        idle.TryPop(out var declaring);
        try
        {
            if (declaring is not { Channel.IsOpen: true } || declaring.On != on)
                declaring = new(on, await on.CreateChannelAsync(cancellationToken: cancellation));
            await declaring.Channel.QueueDeclareAsync(
                queue, durable: true, exclusive: false, autoDelete: false,
                QueueArguments.Lane(broker.Value.Quorum), cancellationToken: cancellation);
        }
        catch (OperationInterruptedException refused)
            when (refused.ShutdownReason is { ReplyCode: Constants.PreconditionFailed })
        {
            // It exists with other arguments, and is used as it is.
        }
        finally
        {
            if (declaring is { Channel.IsOpen: true })
                idle.Push(declaring);
            turns.Release();
        }
    }

    sealed record Declaring(IConnection On, IChannel Channel);

    readonly record struct Declared(IConnection On, long At);
}
