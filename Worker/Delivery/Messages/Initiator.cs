using MassTransit;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>
/// Whose step the job is, such as a saga's: MassTransit's initiator id of the job, repeated on every event about it.
/// </summary>
/// <param name="Id">The id.</param>
sealed record Initiator(Guid Id)
{
    /// <summary>Keeps it with the received message: an event is made where the envelope is no longer at hand.</summary>
    public static void Note(ConsumeContext context)
    {
        if (IdOf(context) is { } id)
            context.ReceiveContext.GetOrAddPayload(() => new Initiator(id));
    }

    // MassTransit parses it on access, and throws if it is no GUID.
    static Guid? IdOf(ConsumeContext context)
    {
        try
        {
            return context.InitiatorId;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
