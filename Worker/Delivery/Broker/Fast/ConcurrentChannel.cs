using MassTransit;
using MassTransit.Middleware;
using MassTransit.RabbitMqTransport;
using OpenAIWorker.Delivery.Lanes;
using RabbitMQ.Client;

namespace OpenAIWorker.Delivery.Broker.Fast;

/// <summary>
/// A channel whose deliveries begin at once (<see cref="ConcurrentConsumer"/>), and on which lanes are consumed too.
/// Everything else is unchanged.
/// </summary>
sealed class ConcurrentChannel(ChannelContext channel, LaneChannel lanes) : ProxyPipeContext(channel), ChannelContext
{
    public IChannel Channel => channel.Channel;

    public ConnectionContext ConnectionContext => channel.ConnectionContext;

    /// <summary>
    /// For endpoints with many concurrent deliveries. Only <see cref="IReceiveEndpointConfigurator.PrefetchCount"/>
    /// limits their number.
    /// </summary>
    public static void Use(IRabbitMqReceiveEndpointConfigurator endpoint, LaneChannel lanes)
    {
        // The client's number of readers; one is enough, because no delivery blocks it.
        endpoint.ConcurrentMessageLimit = 1;
        endpoint.ConfigureChannel(pipe => pipe.UseFilter(new Filter(lanes)));
    }

    public async Task<string> BasicConsume(
        string queue, bool noAck, bool exclusive, IDictionary<string, object> arguments, IAsyncBasicConsumer consumer,
        string consumerTag, CancellationToken cancellationToken)
    {
        var tag = await channel.BasicConsume(queue, noAck, exclusive, arguments, new ConcurrentConsumer(consumer),
            consumerTag, cancellationToken);
        _ = lanes.Attach(channel, consumer);
        return tag;
    }

    public Task BasicPublishAsync(
        string exchange, string routingKey, bool mandatory, BasicProperties basicProperties, byte[] body, bool awaitAck,
        CancellationToken cancellationToken) =>
        channel.BasicPublishAsync(exchange, routingKey, mandatory, basicProperties, body, awaitAck, cancellationToken);

    public Task ExchangeBind(string destination, string source, string routingKey,
        IDictionary<string, object> arguments, CancellationToken cancellationToken) =>
        channel.ExchangeBind(destination, source, routingKey, arguments, cancellationToken);

    public Task ExchangeDeclare(string exchange, string type, bool durable, bool autoDelete,
        IDictionary<string, object> arguments, CancellationToken cancellationToken) =>
        channel.ExchangeDeclare(exchange, type, durable, autoDelete, arguments, cancellationToken);

    public Task ExchangeDeclarePassive(string exchange, CancellationToken cancellationToken) =>
        channel.ExchangeDeclarePassive(exchange, cancellationToken);

    public Task QueueBind(string queue, string exchange, string routingKey, IDictionary<string, object> arguments,
        CancellationToken cancellationToken) =>
        channel.QueueBind(queue, exchange, routingKey, arguments, cancellationToken);

    public Task<QueueDeclareOk> QueueDeclare(
        string queue, bool durable, bool exclusive, bool autoDelete, IDictionary<string, object> arguments,
        CancellationToken cancellationToken) =>
        channel.QueueDeclare(queue, durable, exclusive, autoDelete, arguments, cancellationToken);

    public Task<QueueDeclareOk> QueueDeclarePassive(string queue, CancellationToken cancellationToken) =>
        channel.QueueDeclarePassive(queue, cancellationToken);

    public Task<uint> QueuePurge(string queue, CancellationToken cancellationToken) =>
        channel.QueuePurge(queue, cancellationToken);

    public Task BasicQos(uint prefetchSize, ushort prefetchCount, bool global, CancellationToken cancellationToken) =>
        channel.BasicQos(prefetchSize, prefetchCount, global, cancellationToken);

    public ValueTask BasicAck(ulong deliveryTag, bool multiple, CancellationToken cancellationToken) =>
        channel.BasicAck(deliveryTag, multiple, cancellationToken);

    public Task BasicNack(ulong deliveryTag, bool multiple, bool requeue, CancellationToken cancellationToken) =>
        channel.BasicNack(deliveryTag, multiple, requeue, cancellationToken);

    public async Task BasicCancel(string consumerTag, CancellationToken cancellationToken)
    {
        await lanes.Detach(cancellationToken);
        await channel.BasicCancel(consumerTag, cancellationToken);
    }

    public void NotifyFaulted(Exception exception, Uri inputAddress) => channel.NotifyFaulted(exception, inputAddress);

    sealed class Filter(LaneChannel lanes) : IFilter<ChannelContext>
    {
        public Task Send(ChannelContext context, IPipe<ChannelContext> next) =>
            next.Send(new ConcurrentChannel(context, lanes));

        public void Probe(ProbeContext context) => context.CreateFilterScope("concurrentChannel");
    }
}
