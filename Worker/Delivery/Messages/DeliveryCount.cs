using System.Text;
using MassTransit;
using MassTransit.RabbitMqTransport;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>
/// How often the broker has delivered a message of a quorum queue before. Before RabbitMQ 4.3, the header
/// <c>x-delivery-count</c> has it. From 4.3 on, that header counts only crashed consumers, and <c>x-acquired-count</c>
/// counts every delivery. The unused header, and both at a first delivery, may contain anything that the sender wrote.
/// </summary>
static class DeliveryCount
{
    static readonly Version WritesAcquired = new(4, 3);

    public static int Of(ReceiveContext context, IDictionary<string, object?>? headers)
    {
        if (!context.Redelivered || headers is null)
            return 0;
        var version = context.GetPayload<ChannelContext>().ConnectionContext.GetOrAddPayload(() =>
            BrokerVersion.Of(context));
        return Of(version.Number, headers);
    }

    /// <param name="broker">The broker's version.</param>
    /// <param name="headers">The message's headers.</param>
    public static int Of(Version broker, IDictionary<string, object?> headers) =>
        headers.TryGetValue(broker >= WritesAcquired ? BrokerHeaders.AcquiredCount : BrokerHeaders.DeliveryCount,
            out var count)
            ? (int)Math.Min(AmqpHeaders.Number(count) ?? 0, int.MaxValue)
            : 0;

    sealed record BrokerVersion(Version Number)
    {
        public static BrokerVersion Of(ReceiveContext context) =>
            context.GetPayload<ChannelContext>().ConnectionContext.Connection.ServerProperties is { } server
            && server.TryGetValue("version", out var value) && value is byte[] text
            && Version.TryParse(Encoding.UTF8.GetString(text).Split('-', '+', '~')[0], out var number)
                ? new(number)
                : new(new Version(0, 0));
    }
}
