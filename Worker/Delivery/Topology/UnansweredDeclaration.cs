using RabbitMQ.Client;

namespace OpenAIWorker.Delivery.Topology;

/// <summary>
/// Declarations that the broker carries out in order and does not answer: a start makes some 260 of them, and would
/// wait a round trip for each. A refusal closes the channel, so the next answered request on it fails with the reason.
/// </summary>
static class UnansweredDeclaration
{
    public static Task Exchange(this IChannel channel, string name, string type, CancellationToken cancellation) =>
        channel.ExchangeDeclareAsync(name, type, durable: true, noWait: true, cancellationToken: cancellation);

    /// <summary>Asks whether an exchange is there, of any type: if not, the channel is closed.</summary>
    public static Task Expect(this IChannel channel, string name, CancellationToken cancellation) =>
        channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, autoDelete: false, passive: true,
            noWait: true, cancellationToken: cancellation);

    /// <summary>Binds an exchange to another one.</summary>
    public static Task Bind(this IChannel channel, string to, string from, string key,
        CancellationToken cancellation) =>
        channel.ExchangeBindAsync(to, from, key, noWait: true, cancellationToken: cancellation);

    /// <summary>Binds a queue to the exchange with the same name.</summary>
    public static Task BindQueue(this IChannel channel, string name, string key, CancellationToken cancellation) =>
        channel.QueueBindAsync(name, name, key, noWait: true, cancellationToken: cancellation);

    /// <summary>Returns when all declarations on this channel have been carried out.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="exchange">One of the declared exchanges.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static Task Done(this IChannel channel, string exchange, CancellationToken cancellation) =>
        channel.ExchangeDeclarePassiveAsync(exchange, cancellation);
}
