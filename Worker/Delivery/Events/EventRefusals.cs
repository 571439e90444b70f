using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;

namespace OpenAIWorker.Delivery.Events;

/// <summary>
/// Events that the broker did not confirm because a subscriber's queue is full and rejects them. All other queues have
/// the event by then. The job is not returned to the broker: the others would get the ending again and again, and the
/// job might be paid for twice.
/// </summary>
sealed partial class EventRefusals
{
    // The wait and the longest call together stay below RabbitMQ's consumer timeout of 30 minutes.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    readonly JobMetrics metrics;
    readonly QueueNames topology;
    readonly IHostApplicationLifetime host;
    readonly EventsOptions options;
    readonly TimeProvider clock;
    readonly Log log;
    readonly Lock guard = new();
    RefusedEvents? last;
    long unsaid;
    DateTimeOffset said = DateTimeOffset.MinValue;

    public EventRefusals(
        JobMetrics metrics, QueueNames topology, IHostApplicationLifetime host, IOptions<EventsOptions> options,
        TimeProvider clock, ILogger<EventRefusals> logger)
    {
        (this.metrics, this.topology, this.host, this.options, this.clock, log) = (metrics, topology, host,
            options.Value, clock, new(logger));
    }

    /// <summary>The refusals of the last minutes; null if there were none.</summary>
    public RefusedEvents? Lately
    {
        get
        {
            lock (guard)
                return last is { } known && known.Last > clock.GetUtcNow() - Remembered ? known : null;
        }
    }

    /// <summary>Whether to publish the event again. Returns when it is time to do so.</summary>
    public async Task<bool> IsToBeToldAgain(OutgoingEvent happened, int times, DateTimeOffset since,
        CancellationToken cancellation)
    {
        var waits = options.WhenRefused == WhenRefused.Wait && happened.IsEnding
            && clock.GetUtcNow() - since < Patience && !host.ApplicationStopping.IsCancellationRequested;
        Note(happened, waits);
        if (!waits)
            return false;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, host.ApplicationStopping);
        var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(times - 1, 10)));
        await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, stopping.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        return true;
    }

    /// <summary>The event is not published again.</summary>
    public void Dropped(OutgoingEvent happened) => Note(happened, waits: false);

    void Note(OutgoingEvent happened, bool waits)
    {
        metrics.EventRefused(happened.Exchange);
        var now = clock.GetUtcNow();
        lock (guard)
        {
            last = new(happened.Exchange, happened.RoutingKey, (last?.Count ?? 0) + 1, now);
            unsaid++;
            if (now - said < BetweenLines)
                return;
            log.Refused(unsaid, happened.RoutingKey, happened.Exchange, topology.Events,
                waits ? "It is published again" : "That queue does not get it", options.WhenRefused);
            (said, unsaid) = (now, 0);
        }
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(24, LogLevel.Error,
            "{Count} events were refused, the last one {RoutingKey}: a queue that is bound to the exchange "
                + "{Exchange} or {Events} is full and rejects new messages. All other queues have them. {Deed} "
                + "(Events:WhenRefused is {Setting}). Consume that queue, raise its limit, or let it drop its oldest "
                + "(overflow drop-head)")]
        public partial void Refused(long count, string routingKey, string exchange, string events, string deed,
            WhenRefused setting);
    }
}

/// <summary>Events that subscribers' queues refused.</summary>
/// <param name="Exchange">The exchange of the last one.</param>
/// <param name="RoutingKey">The routing key of the last one.</param>
/// <param name="Count">The number since the worker started.</param>
/// <param name="Last">When the last one was refused.</param>
sealed record RefusedEvents(string Exchange, string RoutingKey, long Count, DateTimeOffset Last);
