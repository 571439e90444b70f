using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Settings;
using OpenAIWorker.Telemetry;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery.Events;

/// <summary>
/// Publishes events that belong to no delivery: a credential works again, a job that waits in the broker has ended. It
/// uses its own connection, publishes many at once, and retries until the broker has confirmed them.
/// </summary>
sealed partial class EventCourier(IOptions<BrokerOptions> options, EventInbox inbox, EventRefusals refusals,
    MessageBound bound, TimeProvider clock, ILogger<EventCourier> logger) : SteadyWork(clock, logger)
{
    const int AtOnce = 256;
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LastWords = TimeSpan.FromSeconds(3);

    readonly List<Letter> batch = [];
    readonly Channel<Letter> letters = Channel.CreateUnbounded<Letter>(new() { SingleReader = true });
    readonly Log log = new(logger);
    IConnection? connection;
    IChannel? channel;

    /// <summary>Publishes the event soon. An event about a job also goes to the queue that the sender named.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="replyTo">The queue that the sender named.</param>
    /// <param name="jobId">The job, if the event is about one.</param>
    /// <param name="type">The kind of the event, if it is about a job.</param>
    /// <param name="sent">Called when the broker has confirmed it; a stop of the worker waits for it.</param>
    public void Send(OutgoingEvent happened, string? replyTo = null, string? jobId = null, string? type = null,
        Func<Task>? sent = null) =>
        letters.Writer.TryWrite(new(happened, replyTo, jobId, type, sent));

    protected override async Task Work(CancellationToken stoppingToken)
    {
        while (await Next(stoppingToken))
        {
            while (!await Sent(stoppingToken))
                await Task.Delay(Pause, Clock, stoppingToken);
            await Task.WhenAll(batch.Select(letter => letter.Sent?.Invoke() ?? Task.CompletedTask));
            batch.Clear();
        }
    }

    // What was given to it before is published first: another worker would publish it a second time.
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        letters.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(LastWords, Clock, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
        await Leave();
    }

    async Task<bool> Next(CancellationToken stopping)
    {
        if (batch.Count == 0 && !await letters.Reader.WaitToReadAsync(stopping))
            return false;
        while (batch.Count < AtOnce && letters.Reader.TryRead(out var letter))
            batch.Add(letter);
        return true;
    }

    async Task<bool> Sent(CancellationToken stopping)
    {
        if (options.Value.IsEmbedded)
        {
            foreach (var letter in batch.Where(letter => letter.JobId is not null))
                await inbox.Deliver(new(letter.JobId!, letter.Type!, letter.Happened.Body));
            return true;
        }
        try
        {
            if (channel is not { IsOpen: true })
                await Enter(stopping);
            await Task.WhenAll(batch.Select(letter => Publish(letter, stopping))).WaitAsync(Patience, Clock, stopping);
            return true;
        }
        catch (Exception away) when (BrokerConnection.MayReturn(away, stopping))
        {
            log.Waits(batch.Count, away.GetType().Name, away.Message);
            // An event that is too large would make the others fail too, again and again.
            if (bound.Learn(channel?.CloseReason))
                batch.RemoveAll(letter => bound.IsRefused(letter.Happened.Body.Length));
            await Leave();
            return false;
        }
    }

    async Task Publish(Letter letter, CancellationToken stopping)
    {
        await Publish(letter.Happened.Exchange, letter.Happened.RoutingKey, letter.Happened, stopping);
        if (letter.ReplyTo is { Length: > 0 } replyTo)
            await Publish("", replyTo, letter.Happened, stopping);
    }

    async Task Publish(string exchange, string key, OutgoingEvent happened, CancellationToken stopping)
    {
        try
        {
            await channel!.BasicPublishAsync(exchange, key, mandatory: false, RabbitMqEvents.Properties(happened),
                happened.Body, stopping);
        }
        catch (PublishException refused)
        {
            if (exchange.Length > 0)
                refusals.Dropped(happened);
            else
                log.Refused(happened.RoutingKey, refused.Message);
        }
    }

    async Task Enter(CancellationToken stopping)
    {
        await Leave();
        connection = await BrokerConnection.Open(options.Value, "news", stopping);
        channel = await connection.ConfirmingChannel(stopping);
    }

    async Task Leave()
    {
        var (oldChannel, oldConnection) = (channel, connection);
        (channel, connection) = (null, null);
        try
        {
            if (oldChannel is not null)
                await oldChannel.DisposeAsync();
            if (oldConnection is not null)
                await oldConnection.DisposeAsync();
        }
        catch (Exception gone) when (BrokerConnection.IsAway(gone, CancellationToken.None))
        {
            // A broken connection need not close cleanly.
        }
    }

    sealed record Letter(OutgoingEvent Happened, string? ReplyTo, string? JobId, string? Type, Func<Task>? Sent);

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(20, LogLevel.Warning, "{Count} events wait for the broker: {Fault}: {Reason}")]
        public partial void Waits(int count, string fault, string reason);

        [LoggerMessage(21, LogLevel.Warning,
            "The queue that a job's sender named refuses {Event}, which is only on the exchange of events: {Reason}")]
        public partial void Refused(string @event, string reason);
    }
}
