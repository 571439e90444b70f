using System.Security.Cryptography;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Settings;
using RabbitMQ.Client;

namespace OpenAIWorker.Delivery.Seals;

/// <summary>
/// The key in the broker: a stream whose first message is the key of all workers. Streams are append-only, so workers
/// that start at the same time agree without a leader, and the key cannot be replaced later.
/// </summary>
sealed class HeaderKeyStream(QueueNames topology, HeaderKeys keys)
{
    const ushort Prefetch = 10;

    static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Writes this worker's key to a broker that has lost its data, so that it is again the key of all workers.
    /// </summary>
    public async Task Replant(IChannel channel, CancellationToken cancellation)
    {
        if (!keys.IsGiven && await IsEmpty(channel, cancellation))
            await Add(channel, keys.Signing, cancellation);
    }

    /// <summary>Takes the existing key, or creates it.</summary>
    public async Task Agree(IConnection connection, CancellationToken cancellation)
    {
        if (keys.IsGiven)
            return;
        await using var channel = await connection.ConfirmingChannel(cancellation);
        if (await IsEmpty(channel, cancellation))
            await Add(channel, NewKey(), cancellation);
        keys.Agree(await First(channel, cancellation));
    }

    async Task<bool> IsEmpty(IChannel channel, CancellationToken cancellation) =>
        (await channel.QueueDeclarePassiveAsync(topology.Seal, cancellation)).MessageCount == 0;

    async Task Add(IChannel channel, byte[] key, CancellationToken cancellation) =>
        await channel.BasicPublishAsync("", topology.Seal, mandatory: true, new BasicProperties { Persistent = true },
            key, cancellation);

    static byte[] NewKey() => RandomNumberGenerator.GetBytes(HeaderKeys.Bytes);

    async Task<byte[]> First(IChannel channel, CancellationToken cancellation)
    {
        var first = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var following = await channel.Follow(topology.Seal, Prefetch, message =>
        {
            if (message.Body.Length == HeaderKeys.Bytes)
                first.TrySetResult(message.Body.ToArray());
        }, null, cancellation);
        // The broker may have counted messages of a deleted stream with this name. Another key does no harm: the first
        // one is everybody's.
        if (await Task.WhenAny(first.Task, Task.Delay(Soon, cancellation)) != first.Task)
            await Add(channel, NewKey(), cancellation);
        try
        {
            return await first.Task.WaitAsync(Patience, cancellation);
        }
        catch (TimeoutException)
        {
            throw new SettingsException(
                [
                    $"The stream {topology.Seal}, which has the key of the workers' own headers, returned no key "
                        + $"within {Patience}. Start the worker again, or set Delivery:HeaderKey."]);
        }
    }
}
