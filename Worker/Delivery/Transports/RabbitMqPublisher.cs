using MassTransit;
using MassTransit.RabbitMqTransport;
using OpenAIWorker.Delivery.Topology;
using RabbitMQ.Client;

namespace OpenAIWorker.Delivery.Transports;

/// <summary>
/// Publishes on the channel of the received message, and returns once the broker has confirmed. A missing queue or
/// binding is declared first.
/// </summary>
sealed class RabbitMqPublisher(QueueNames topology, MessageBound bound, TopologyRepair repair, LaneQueues lanes)
{
    public static bool IsOpen(ReceiveContext context) => context.GetPayload<ChannelContext>().Channel.IsOpen;

    /// <summary>Makes sure that a lane exists.</summary>
    public Task Open(ReceiveContext context, string lane) => lanes.Make(
        context.GetPayload<ChannelContext>().ConnectionContext.Connection, lane, context.CancellationToken);

    public async Task Publish(ReceiveContext context, string exchange, string routingKey, BasicProperties properties,
        bool mandatory, byte[] body)
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
            // If nothing accepts the message, a queue or a binding was deleted.
            if (exchange.Length == 0 && topology.IsOwnLane(routingKey))
                await Open(context, routingKey);
            else
                await repair.Now($"a queue for '{routingKey}' behind the exchange '{exchange}'",
                    context.CancellationToken);
            await Send();
        }
        catch (Exception) when (bound.Learn(channel.Channel.CloseReason))
        {
            // The channel is closed with all its deliveries; when they return, this one gets a shorter ending.
            throw;
        }
        catch (Exception) when (channel.Channel.CloseReason is { ReplyCode: Constants.NotFound })
        {
            // The channel is closed with all its deliveries; when they return, the missing queue or exchange exists.
            await repair.Now(channel.Channel.CloseReason!.ReplyText, CancellationToken.None);
            throw;
        }

        Task Send() =>
            channel.BasicPublishAsync(exchange, routingKey, mandatory, properties, body, awaitAck: true,
                context.CancellationToken);
    }
}
