using System.Text.Json;
using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.DeadLetters;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Seals;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Settings;
using OpenAIWorker.Telemetry;
using RabbitMQ.Client;

namespace OpenAIWorker.Delivery.Transports;

/// <summary>RabbitMQ: everything is published on the channel that the message came by, confirmed, before the message is acknowledged.</summary>
sealed partial class RabbitMqTransport(
    QueueNames topology, DelayLadder ladder, JobMetrics metrics, HeaderSeal seal, OwnSecrets secrets, MessageBound bound, EventRefusals refusals, TopologyRepair repair,
    IOptions<BrokerOptions> broker, TimeProvider clock, ILogger<RabbitMqTransport> logger) : ITransport
{
    const byte Highest = 9;

    // Half of the smallest sensible Delivery:MaxDeliveries.
    const int MostRests = 5;

    readonly Log log = new(logger);

    public string System => "rabbitmq";

    public bool KeepsJobs => true;

    public Received Describe(ReceiveContext context)
    {
        var message = context.GetPayload<RabbitMqBasicConsumeContext>();
        var properties = message.Properties;
        return new(
            properties.MessageId is { Length: > 0 } id ? id : null, properties.CorrelationId, message.RoutingKey,
            DeliveryCount.Of(context, properties.Headers), SendTime.Of(context.TransportHeaders) ?? SendTime.Of(properties))
        {
            ReplyTo = properties.ReplyTo is { Length: > 0 } replyTo && !topology.IsOwn(replyTo) ? replyTo : null,
        };
    }

    public JobHeaders HeadersOf(ReceiveContext context, string operation, string jobId, DateTimeOffset now)
    {
        var (headers, job) = (context.TransportHeaders, new SealedJob(operation, jobId, context.GetBody()));
        var user = SenderUser.Of(context, job, seal);
        if (!JobHeaders.AreIn(headers))
            return JobHeaders.New(now) with { User = user };
        if (seal.Holds(headers, JobHeaders.Names, job))
            return JobHeaders.Read(headers, now) with { User = user };
        metrics.HeadersIgnored(operation);
        log.Ignored(PlainText.Name(jobId), operation);
        return JobHeaders.New(now) with { User = user };
    }

    public bool IsOpen(ReceiveContext context) => context.GetPayload<ChannelContext>().Channel.IsOpen;

    public Task Delay<T>(ConsumeContext<T> context, Job job, JobHeaders headers, TimeSpan delay) where T : class
    {
        var (exchange, routingKey) = ladder.Route(delay, topology.Queue(job.Operation));
        return SendOn(context.ReceiveContext, job, headers, exchange, routingKey);
    }

    public Task Move<T>(ConsumeContext<T> context, Job job, JobHeaders headers, string queue) where T : class =>
        SendOn(context.ReceiveContext, job, headers, "", queue);

    public Task Open(ReceiveContext context, string lane) => context.GetPayload<ChannelContext>().QueueDeclare(
        lane, durable: true, exclusive: false, autoDelete: false, QueueArguments.Lane(broker.Value.Quorum)!, context.CancellationToken);

    // The broker puts it back to its place. It counts that as a delivery, so that a job which rested often is sent there anew.
    public async Task<JobHeaders> GiveBack<T>(ConsumeContext<T> context, Job job, string lane) where T : class
    {
        if (Describe(context.ReceiveContext).Deliveries < MostRests)
            throw new LaneRestsException(lane);
        var headers = job.Waiting(countsAsAttempt: false);
        await Move(context, job, headers, lane);
        return headers;
    }

    public Task Forward(ReceiveContext context, string operation)
    {
        var body = context.GetBody();
        var job = new SealedJob(operation, KnownMembers.Of(context).IdOf(Describe(context)), body);
        var properties = Copy(context, SenderUser.Headers(context, job, seal));
        if (properties.MessageId is not { Length: > 0 } && ShortText.Fits(job.Id))
            properties.MessageId = job.Id;
        return Publish(context, "", topology.Queue(operation), properties, mandatory: true, body);
    }

    public Task Announce(ReceiveContext context, LaneOpened lane)
    {
        var properties = new BasicProperties { ContentType = "application/json", Persistent = true };
        return Publish(context, topology.Lanes, "", properties, mandatory: true, JsonSerializer.SerializeToUtf8Bytes(lane, BusJson.Options));
    }

    public async Task DeadLetter(ReceiveContext context, OperationFailed failed)
    {
        var received = context.GetPayload<RabbitMqBasicConsumeContext>();
        var job = new SealedJob(failed.Operation, failed.JobId, context.GetBody());
        var properties = Copy(context, DeadLetterHeaders.Of(failed, received.RoutingKey).Select(Masked).Concat(SenderUser.Headers(context, job, seal)));
        properties.ClearExpiration();
        await Publish(context, "", topology.DeadLetters(failed.Operation), properties, mandatory: true, context.GetBody());
        metrics.DeadLetter(failed);
    }

    public async Task Publish(ReceiveContext context, OutgoingEvent happened)
    {
        var since = clock.GetUtcNow();
        for (var times = 1; ; times++)
        {
            try
            {
                await Publish(context, happened.Exchange, happened.RoutingKey, Properties(happened), mandatory: false, happened.Body);
                return;
            }
            catch (Exception refused) when (BrokerFaults.IsRefusal(refused) && IsOpen(context))
            {
                if (!await refusals.IsToBeToldAgain(happened, times, since, context.CancellationToken))
                    return;
            }
        }
    }

    public Task Reply(ReceiveContext context, OutgoingEvent happened, string jobId, string type)
    {
        // Into the worker's own queues it would be a job, a cancellation or a function's answer that the sender may not have been allowed to write.
        if (Describe(context).ReplyTo is not { } replyTo)
            return Task.CompletedTask;
        return Offer(context, () => Publish(context, "", replyTo, Properties(happened), mandatory: false, happened.Body));
    }

    // Where it waits there is a queue of the address's name. To send to the address itself would declare an exchange of that name, and one
    // that is another's, or of another type, would cost the channel, and the job its end, again and again.
    public Task Answer<T>(ReceiveContext context, Asker asker, T ending, Action<SendContext> address) where T : class => Offer(context, async () =>
    {
        // MassTransit's name for the default exchange, which reaches any queue by its name.
        var endpoint = await context.SendEndpointProvider.GetSendEndpoint(new("exchange:amq.rabbitmq.reply-to"));
        await endpoint.Send(ending, Pipe.Execute<SendContext<T>>(send =>
        {
            address(send);
            send.SetRoutingKey(asker.Queue);
            send.GetPayload<RabbitMqSendContext>().BasicProperties.Headers = new UnnumberedHeaders();
        }));
    });

    // The event is safe with all subscribers by now. A queue of the sender's that is full, or an envelope that cannot be written, must not bring the
    // job back, nor end it a second time.
    async Task Offer(ReceiveContext context, Func<Task> send)
    {
        try
        {
            await send();
        }
        catch (Exception refused) when (IsOpen(context) && !context.CancellationToken.IsCancellationRequested)
        {
            // Whoever waits there finds the event on the exchange of events.
            log.NotAnswered(refused.GetType().Name, PlainText.Name(refused.Message));
        }
    }

    public static BasicProperties Properties(OutgoingEvent happened) => new()
    {
        ContentType = "application/json",
        Persistent = true,
        MessageId = happened.Id.ToString(),
        CorrelationId = happened.CorrelationId,
        Type = happened.Type,
        Timestamp = new(happened.Time.ToUnixTimeSeconds()),
        Headers = new UnnumberedHeaders(happened.Headers),
    };

    KeyValuePair<string, object?> Masked(KeyValuePair<string, object?> header) =>
        header.Value is string text ? new(header.Key, secrets.Masked(text)) : header;

    Task SendOn(ReceiveContext context, Job job, JobHeaders headers, string exchange, string routingKey)
    {
        var waiting = new SealedJob(job.Operation, job.Id, context.GetBody());
        var properties = Copy(context, seal.Sealed([.. headers.Write()], waiting).Concat(SenderUser.Headers(context, waiting, seal)));
        // A message without an id gets its job's, so that the job keeps its name. A longer one is the sender's, and is in the body.
        if (properties.MessageId is not { Length: > 0 } && ShortText.Fits(job.Id))
            properties.MessageId = job.Id;
        // What has begun goes before what has not.
        if (headers.State is not null)
            properties.Priority = Highest;
        // A time to live of its own would end the job without an ending.
        properties.ClearExpiration();
        return Publish(context, exchange, routingKey, properties, mandatory: true, context.GetBody());
    }

    async Task Publish(ReceiveContext context, string exchange, string routingKey, BasicProperties properties, bool mandatory, byte[] body)
    {
        if (bound.IsRefused(body.Length))
            throw UnwritableEventException.TooLarge(body.Length, bound.Largest);
        var channel = context.GetPayload<ChannelContext>();
        try
        {
            await Send();
        }
        catch (MessageReturnedException) when (mandatory)
        {
            // Where nothing takes the message, a queue or a binding was deleted.
            if (exchange.Length == 0 && topology.IsOwnLane(routingKey))
                await Open(context, routingKey);
            else
                await repair.Now($"a queue for '{routingKey}' behind the exchange '{exchange}'", context.CancellationToken);
            await Send();
        }
        catch (Exception) when (bound.Learn(channel.Channel.CloseReason))
        {
            // The channel is gone with all its deliveries; when they come back, this one has a shorter ending.
            throw;
        }
        catch (Exception) when (channel.Channel.CloseReason is { ReplyCode: Constants.NotFound })
        {
            // The channel is gone with all its deliveries, which find what was missing when they come back.
            await repair.Now(channel.Channel.CloseReason!.ReplyText, CancellationToken.None);
            throw;
        }

        Task Send() => channel.BasicPublishAsync(exchange, routingKey, mandatory, properties, body, awaitAck: true, context.CancellationToken);
    }

    static BasicProperties Copy(ReceiveContext context, IEnumerable<KeyValuePair<string, object?>> headers)
    {
        var received = context.GetPayload<RabbitMqBasicConsumeContext>().Properties;
        var copy = new BasicProperties(received) { Persistent = true };
        // The broker lets nobody speak in another's name.
        copy.ClearUserId();
        copy.Headers = SenderHeaders.Of(received.Headers);
        foreach (var (name, value) in headers)
            copy.Headers[name] = value;
        // A state without a trace of its own would become that of the trace which begins here.
        copy.Headers.Remove(TraceHeaders.State);
        foreach (var (name, value) in TraceHeaders.Onward(context.TransportHeaders))
            copy.Headers[name] = value;
        return copy;
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(20, LogLevel.Warning, "Job {JobId}: {Operation} brings headers that no worker of this installation wrote for it. They are ignored, and it begins anew")]
        public partial void Ignored(string jobId, string operation);

        [LoggerMessage(23, LogLevel.Warning, "An ending could not be sent to the queue that its sender named, and is on the exchange of events alone: {Fault}: {Reason}")]
        public partial void NotAnswered(string fault, string reason);
    }
}
