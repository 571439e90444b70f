using MassTransit;

namespace OpenAIWorker.Delivery;

/// <summary>Who sent a job by MassTransit's request/response, and waits for its ending.</summary>
/// <param name="Address">Where the ending is waited for.</param>
/// <param name="RequestId">What the ending is known by there.</param>
sealed record Asker(Uri Address, Guid RequestId)
{
    /// <summary>Keeps who asked with the received message: an ending is made where the envelope is no longer at hand.</summary>
    public static void Note(ConsumeContext context)
    {
        if (context is { ResponseAddress: { IsAbsoluteUri: true } address, RequestId: { } request })
            context.ReceiveContext.GetOrAddPayload(() => new Asker(address, request));
    }
}
