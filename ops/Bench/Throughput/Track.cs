using OpenAIWorker.Rig;
using RabbitMQ.Client;

namespace OpenAIWorker.Bench.Throughput;

/// <summary>A provider, and a broker with empty queues of a worker, ready for one contestant.</summary>
sealed class Track : IAsyncDisposable
{
    readonly Round round;

    // A worker that keeps records would answer the jobs of an earlier run without a call.
    readonly string run = Guid.NewGuid().ToString("N")[..8];

    Track(Round round, StandIn provider, IConnection connection, IChannel channel) =>
        (this.round, Provider, Connection, Channel) = (round, provider, connection, channel);

    public StandIn Provider { get; }

    public IConnection Connection { get; }

    public IChannel Channel { get; }

    public static string Endings => $"{Contestant.Prefix}.endings";

    /// <summary>The id of a job.</summary>
    public string Id(int number) => $"job-{run}-{number:000000}";

    static string Jobs => $"{Contestant.Prefix}.message-model";

    /// <param name="site">Its broker is emptied.</param>
    /// <param name="round">The provider's latency and limits.</param>
    /// <param name="declaring">It is started and killed, so that its queues exist before the backlog.</param>
    /// <param name="keepsCalls">Whether the provider remembers its calls, which costs it time.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<Track> Open(Site site, Round round, Contestant declaring, bool keepsCalls,
        CancellationToken cancellation)
    {
        await site.Broker.Empty();
        var connection = await site.Broker.Connect(cancellation);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        var track = new Track(round, await StandIn.Start(round, round.Told, keepsCalls), connection, channel);
        using (declaring.Start(track.Provider.BaseUrl, round, site.NextLog()))
            await QueueWatch.Until(connection, Jobs, consumers: 1, cancellation);
        await channel.QueueDeclareAsync(Endings, durable: true, exclusive: false, autoDelete: false,
            cancellationToken: cancellation);
        await channel.QueueBindAsync(Endings, $"{Contestant.Prefix}.events", "*.completed",
            cancellationToken: cancellation);
        return track;
    }

    public async Task Publish(CancellationToken cancellation)
    {
        await using var publisher = await Publisher.Open(Connection, Contestant.Prefix, cancellation);
        await publisher.Publish(Enumerable.Range(0, round.Jobs)
            .Select(number => Prompts.Make(Id(number), round.Call)), cancellation);
    }

    public Task UntilConsumed(CancellationToken cancellation) =>
        QueueWatch.Until(Connection, Jobs, consumers: 1, cancellation);

    /// <summary>
    /// The number of endings that have not been taken. The broker counts them, which costs the contestants almost
    /// nothing.
    /// </summary>
    public Task<uint> Count(CancellationToken cancellation) => Channel.MessageCountAsync(Endings, cancellation);

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await Connection.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
