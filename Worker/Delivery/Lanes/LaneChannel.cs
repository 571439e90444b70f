using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Broker.Fast;
using OpenAIWorker.Delivery.Topology;
using RabbitMQ.Client;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>
/// The lanes of one operation, consumed on the channel of its queue. A connection has 2,047 channels, and a channel any
/// number of consumers, each with its own prefetch. With a channel for each lane, two thousand lanes would be the
/// limit.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle owns nothing.")]
sealed partial class LaneChannel(LaneQueues queues, TimeProvider clock, ILogger<LaneChannel> logger)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A prefetch applies to the consumer that starts next.
    readonly SemaphoreSlim turn = new(1);
    readonly ConcurrentDictionary<string, LaneFeed> feeds = new();
    readonly Log log = new(logger);
    Attachment? attached;
    long consumers;

    /// <summary>Takes jobs from a lane, now or as soon as there is a channel again.</summary>
    public ILaneFeed Open(LaneOpened opened)
    {
        var feed = new LaneFeed(opened, this);
        feeds[opened.Queue] = feed;
        _ = Consume(feed);
        return feed;
    }

    /// <summary>The operation's queue has a channel, which all its lanes share.</summary>
    public async Task Attach(ChannelContext channel, IAsyncBasicConsumer consumer)
    {
        attached = new(channel, consumer);
        foreach (var (_, feed) in feeds)
            await Consume(feed);
    }

    /// <summary>The operation's queue is no longer consumed, and neither are its lanes.</summary>
    public async Task Detach(CancellationToken cancellation)
    {
        var left = Interlocked.Exchange(ref attached, null);
        await turn.WaitAsync(cancellation);
        try
        {
            foreach (var (_, feed) in feeds)
            {
                if (feed.On == left && left is { Channel.Channel.IsOpen: true })
                    await left.Channel.Channel.BasicCancelAsync(feed.Tag!, noWait: true, cancellation);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Stops taking jobs from the lane.</summary>
    public async Task Close(LaneFeed feed)
    {
        feeds.TryRemove(new(feed.Opened.Queue, feed));
        await turn.WaitAsync();
        try
        {
            if (feed.On is { Channel.Channel.IsOpen: true } here && here == attached)
                await here.Channel.BasicCancel(feed.Tag!, here.Channel.CancellationToken);
            feed.On = null;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The broker has ended the consumer: its queue was deleted, or moves to another node.</summary>
    public async Task Cancelled(LaneFeed feed)
    {
        feed.On = null;
        await Task.Delay(Pause, clock);
        await Consume(feed);
    }

    async Task Consume(LaneFeed feed)
    {
        while (attached is { Channel.Channel.IsOpen: true } here && !feed.IsStopped)
        {
            try
            {
                await Consume(feed, here);
                return;
            }
            catch (Exception failed) when (BrokerConnection.IsAway(failed, CancellationToken.None))
            {
                if (!here.Channel.Channel.IsOpen)
                    return;
                log.Failed(feed.Opened.Queue, failed.Message);
                await Task.Delay(Pause, clock);
            }
        }
    }

    async Task Consume(LaneFeed feed, Attachment here)
    {
        var (queue, cancellation) = (feed.Opened.Queue, here.Channel.CancellationToken);
        await queues.Ensure(here.Channel.ConnectionContext.Connection, queue, cancellation);
        await turn.WaitAsync(cancellation);
        try
        {
            if (feed.IsStopped || feed.On == here)
                return;
            // Never the same twice: RabbitMQ 4.3 closes the connection if a tag is reused that it has ended itself.
            feed.Tag = $"{queue}#{consumers++}";
            if (here.Prefetch != feed.Opened.Prefetch)
                await here.Channel.BasicQos(0, (ushort)feed.Opened.Prefetch, false, cancellation);
            here.Prefetch = feed.Opened.Prefetch;
            await here.Channel.BasicConsume(queue, false, false, new Dictionary<string, object>(),
                new ConcurrentConsumer(new LaneConsumption(here.Consumer, feed), queue), feed.Tag, cancellation);
            feed.On = here;
        }
        finally
        {
            turn.Release();
        }
        feed.HasBegun();
    }

    /// <summary>A channel, and the consumer that receives deliveries there.</summary>
    public sealed record Attachment(ChannelContext Channel, IAsyncBasicConsumer Consumer)
    {
        /// <summary>The prefetch of the next consumer. 0: the same as the operation's queue.</summary>
        public int Prefetch { get; set; }
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(13, LogLevel.Warning, "The lane {Queue} cannot be consumed yet: {Reason}")]
        public partial void Failed(string queue, string reason);
    }
}
