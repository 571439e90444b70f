using System.Text.Json;
using RabbitMQ.Client;

namespace OpenAIWorker.Rig;

/// <summary>Sends jobs as any AMQP client would: JSON to an exchange, confirmed.</summary>
public sealed class Publisher : IAsyncDisposable
{
    const int AtOnce = 200;

    readonly IChannel channel;
    readonly string exchange;

    Publisher(IChannel channel, string exchange) => (this.channel, this.exchange) = (channel, exchange);

    /// <summary>Opens a publisher with its own channel.</summary>
    public static async Task<Publisher> Open(IConnection connection, string prefix, CancellationToken cancellation) =>
        new(
        await connection.CreateChannelAsync(
            new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation),
        $"{prefix}.jobs");

    /// <summary>Returns when the broker has confirmed all.</summary>
    public async Task Publish(IEnumerable<Job> jobs, CancellationToken cancellation)
    {
        foreach (var some in jobs.Chunk(AtOnce))
            await Task.WhenAll(some.Select(job => Publish(job, cancellation)));
    }

    /// <summary>Closes the channel.</summary>
    public ValueTask DisposeAsync() => channel.DisposeAsync();

    async Task Publish(Job job, CancellationToken cancellation) => await channel.BasicPublishAsync(
        exchange, job.Operation, mandatory: true, new BasicProperties { Persistent = true },
        JsonSerializer.SerializeToUtf8Bytes(job.Body), cancellation);
}
