using MassTransit;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>
/// The saga or other workflow that the job is a step of: MassTransit's initiator id, repeated on every event about the
/// job.
/// </summary>
/// <param name="Id">The id.</param>
sealed record Initiator(Guid Id)
{
    /// <summary>
    /// Attaches it to the received message, because events are made where the envelope is no longer available.
    /// </summary>
    public static void Note(ConsumeContext context)
    {
        if (IdOf(context) is { } id)
            context.ReceiveContext.GetOrAddPayload(() => new Initiator(id));
    }

    // MassTransit parses it on access, and throws if it is not a GUID.
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
