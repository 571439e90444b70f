using MassTransit;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>The sender of a job by MassTransit's request/response, who waits for its ending.</summary>
/// <param name="Queue">The queue for the ending. Nothing else of the sender's address is used: it could create
/// exchanges and bindings.</param>
/// <param name="RequestId">The id by which the sender recognises the ending.</param>
sealed record ReplyAddress(string Queue, Guid RequestId)
{
    /// <summary>
    /// Keeps who asked with the received message: an ending is made where the envelope is no longer at hand.
    /// </summary>
    public static void Note(ConsumeContext context)
    {
        if (AddressOf(context) is { IsAbsoluteUri: true } address && context.RequestId is { } request
            && Uri.UnescapeDataString(address.AbsolutePath.Split('/')[^1]) is { Length: > 0 } queue
            && AmqpShortString.Fits(queue))
            context.ReceiveContext.GetOrAddPayload(() => new ReplyAddress(queue, request));
    }

    // Read only when it is asked for, and by then it would bring the job back for ever.
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
