using OpenAIWorker.Delivery.Filters;
using OpenAIWorker.Delivery.Seals;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Delivery.Orders;

/// <summary>
/// The orders of the stream, the last one for each subject. An order without this installation's signature is ignored.
/// </summary>
sealed class OrderBook(HeaderSeal seal)
{
    const string Operation = "orders";

    readonly Lock guard = new();
    readonly Dictionary<(OrderKind, string?, string?), Order> last = [];

    /// <summary>The properties of an order's message, with its signature.</summary>
    public static BasicProperties Sealed(byte[] body, HeaderSeal seal)
    {
        var id = Guid.NewGuid().ToString();
        var headers = new Dictionary<string, object?> { [HeaderSeal.Header] = seal.Of(new(Operation, id, body)) };
        return new() { MessageId = id, ContentType = "application/json", Persistent = true, Headers = headers };
    }

    public void Take(BasicDeliverEventArgs message)
    {
        if (!ShortMessages.Fits(message.Body.Length))
            return;
        var (id, body) = (message.BasicProperties.MessageId, message.Body.ToArray());
        if (id is null || message.BasicProperties.Headers is not { } headers
            || !headers.TryGetValue(HeaderSeal.Header, out var given) || given is not byte[] text)
            return;
        if (!seal.Holds(text, new SealedJob(Operation, id, body)) || Order.Read(body) is not { } order)
            return;
        lock (guard)
            last[order.Subject] = order;
    }

    public IReadOnlyList<Order> InForce(DateTimeOffset now)
    {
        lock (guard)
            return [.. last.Values.Where(order => order.IsInForce(now)).OrderBy(order => order.At)];
    }
}
