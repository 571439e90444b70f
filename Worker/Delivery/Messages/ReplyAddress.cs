using MassTransit;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>Who sent a job by MassTransit's request/response, and waits for its ending.</summary>
/// <param name="Queue">Where the ending is waited for. Of the address that the sender gave, nothing else counts: it
/// could make exchanges and bindings.</param>
/// <param name="RequestId">What the ending is known by there.</param>
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
