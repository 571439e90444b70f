using System.Text;
using MassTransit;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Broker.Fast;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>A delivery as the worker knows it before it reads the message.</summary>
/// <param name="key">The same for every delivery of one message: its queue, id, body, and progress.</param>
/// <param name="body">The body's hash.</param>
sealed class Delivered(Guid key, Guid body)
{
    volatile bool isNamed;
    volatile bool isSettled;
    volatile bool hasLetter;

    public Guid Key => key;

    public Guid Body => body;

    /// <summary>
    /// Whether its sender gave it an id. Two messages without an id may be equal and still be two jobs.
    /// </summary>
    public bool IsNamed { get => isNamed; set => isNamed = value; }

    /// <summary>Whether the job has ended or waits in the broker: later exceptions must not end it again.</summary>
    public bool IsSettled => isSettled;

    /// <summary>Whether its message is in the dead-letter queue.</summary>
    public bool HasLetter { get => hasLetter; set => hasLetter = value; }

    public static Delivered Of(ReceiveContext context) =>
        context.TryGetPayload<Delivered>(out var delivered) ? delivered : new(Guid.Empty, Guid.Empty);

    /// <summary>The message can be acknowledged.</summary>
    public static void Settle(ReceiveContext context)
    {
        if (context.TryGetPayload<Delivered>(out var delivered))
            delivered.isSettled = true;
    }

    /// <summary>Attaches the delivery to its message.</summary>
    public static Delivered Note(ReceiveContext context, Received received)
    {
        if (context.TryGetPayload<Delivered>(out var known))
            return known;
        ReceivedBody.Lend(context.Body);
        var body = BodyHash.Of(context.Body.GetBytes());
        var life =
            $"{QueueNames.QueueOf(context)}\n{received.MessageId}\n{JobHeaders.Mark(context.TransportHeaders)}\n{body}";
        var delivered = new Delivered(BodyHash.Of(Encoding.UTF8.GetBytes(life)),
            body)
        { IsNamed = received.MessageId is not null };
        return context.GetOrAddPayload(() => delivered);
    }
}
