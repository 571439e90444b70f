using System.Diagnostics.CodeAnalysis;
using OpenAIWorker.Delivery.Topology;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>
/// Declares lanes on a channel of their own: a refusal closes it, and must not take the jobs of an operation with it.
/// </summary>
[SuppressMessage("Design", "CA1001",
    Justification = "A semaphore without a wait handle owns nothing, and the channel ends with its connection.")]
sealed class LaneQueues(bool quorum)
{
    readonly SemaphoreSlim turn = new(1);
    IConnection? connection;
    IChannel? channel;

    public async Task Declare(IConnection on, string queue, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (channel is not { IsOpen: true } || connection != on)
                (connection, channel) = (on, await on.CreateChannelAsync(cancellationToken: cancellation));
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false,
                QueueArguments.Lane(quorum), cancellationToken: cancellation);
        }
        catch (OperationInterruptedException refused)
            when (refused.ShutdownReason is { ReplyCode: Constants.PreconditionFailed })
        {
            // It was made with other arguments, and will do as it is.
        }
        finally
        {
            turn.Release();
        }
    }
}
