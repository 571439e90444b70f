using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Rig;

/// <summary>Waits for what starting workers do with queues.</summary>
public static class QueueWatch
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns when the queue exists and has at least this number of consumers.</summary>
    public static async Task Until(IConnection connection, string queue, int consumers, CancellationToken cancellation)
    {
        while (await Look(connection, queue, cancellation) is not { } seen || seen.ConsumerCount < consumers)
            await Task.Delay(Pause, cancellation);
    }

    static async Task<QueueDeclareOk?> Look(IConnection connection, string queue, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        try
        {
            return await channel.QueueDeclarePassiveAsync(queue, cancellation);
        }
        catch (OperationInterruptedException)
        {
            return null;
        }
    }
}
