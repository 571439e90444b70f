namespace OpenAIWorker.Delivery.Transports;

/// <summary>
/// An event cannot be sent: it is larger than the broker accepts, which would close the channel, or its content cannot
/// be written as JSON. All jobs of the channel would be delivered again and again.
/// </summary>
sealed class UnwritableEventException(string why, Exception? inner = null) : Exception(why, inner)
{
    public static UnwritableEventException TooLarge(long size, long most) =>
        new(
            $"The event has {size} bytes, but a message may have {most} (Broker:LargestMessage, or the broker's own "
                + "max_message_size). Ask for less at once, or have the limit raised.");

    public static UnwritableEventException Of(Exception fault) =>
        new(
            $"The event cannot be written as JSON: {fault.Message.Split('\n')[0]} Ask for less at once.", fault);
}
