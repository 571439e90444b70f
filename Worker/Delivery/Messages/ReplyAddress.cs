using MassTransit;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>The sender of a job by MassTransit's request/response, who waits for its ending.</summary>
/// <param name="Queue">The queue for the ending. Nothing else of the sender's address is used: it could create
/// exchanges and bindings.</param>
/// <param name="RequestId">The id by which the sender recognises the ending.</param>
sealed record ReplyAddress(string Queue, Guid RequestId)
{
    /// <summary>
    /// Attaches it to the received message, because an ending is made where the envelope is no longer available.
    /// </summary>
    public static void Note(ConsumeContext context)
    {
        if (AddressOf(context) is { IsAbsoluteUri: true } address && context.RequestId is { } request
            && Uri.UnescapeDataString(address.AbsolutePath.Split('/')[^1]) is { Length: > 0 } queue
            && AmqpShortString.Fits(queue))
            context.ReceiveContext.GetOrAddPayload(() => new ReplyAddress(queue, request));
    }

    // MassTransit parses it on access. An exception there would return the job for ever.
    static Uri? AddressOf(ConsumeContext context)
    {
        try
        {
            return context.ResponseAddress;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }
}
