using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Telemetry;
using RabbitMQ.Client;

namespace OpenAIWorker.Delivery.Transports;

/// <summary>Sends events about a job: to all subscribers, and to the queue that the job's sender named.</summary>
sealed partial class RabbitMqEvents(
    RabbitMqPublisher publisher, EventRefusals refusals, TimeProvider clock, ILogger<RabbitMqEvents> logger)
{
    readonly Log log = new(logger);

    public static BasicProperties Properties(OutgoingEvent happened) => new()
    {
        ContentType = "application/json",
        Persistent = true,
        MessageId = happened.Id.ToString(),
        CorrelationId = happened.CorrelationId,
        Type = happened.Type,
        Timestamp = new(happened.Time.ToUnixTimeSeconds()),
        Headers = happened.Headers as UnnumberedHeaders ?? new UnnumberedHeaders(happened.Headers),
    };

    /// <summary>To all subscribers. A full queue is waited for, for some time.</summary>
    public async Task Publish(ReceiveContext context, OutgoingEvent happened)
    {
        var since = clock.GetUtcNow();
        for (var times = 1; ; times++)
        {
            try
            {
                await publisher.Publish(context, happened.Exchange, happened.RoutingKey, Properties(happened),
                    mandatory: false, happened.Body);
                return;
            }
            catch (Exception refused) when (BrokerFaults.IsRefusal(refused) && RabbitMqPublisher.IsOpen(context))
            {
                if (!await refusals.IsToBeToldAgain(happened, times, since, context.CancellationToken))
                    return;
            }
        }
    }

    /// <summary>To the queue of the sender's AMQP property <c>reply-to</c>.</summary>
    public Task Reply(ReceiveContext context, string queue, OutgoingEvent happened) =>
        Offer(context, () =>
            publisher.Publish(context, "", queue, Properties(happened), mandatory: false, happened.Body));

    // Sent to the queue with the address's name. Sending to the address itself would declare an exchange of that name;
    // if another one exists with that name or type, this would close the channel again and again, and the job would
    // never end.
    public Task Answer<T>(ReceiveContext context, ReplyAddress asker, T ending, Action<SendContext> address)
        where T : class => Offer(context, async () =>
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

    // All subscribers have the event by now. If the sender's queue is full, or an envelope cannot be written, the job
    // must neither return nor end a second time.
    async Task Offer(ReceiveContext context, Func<Task> send)
    {
        try
        {
            await send();
        }
        catch (Exception refused)
            when (RabbitMqPublisher.IsOpen(context) && !context.CancellationToken.IsCancellationRequested)
        {
            log.NotAnswered(refused.GetType().Name, PlainText.Name(refused.Message));
        }
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(23, LogLevel.Warning,
            "An ending could not be sent to the queue that its sender named, and is only on the exchange of events: "
                + "{Fault}: {Reason}")]
        public partial void NotAnswered(string fault, string reason);
    }
}
