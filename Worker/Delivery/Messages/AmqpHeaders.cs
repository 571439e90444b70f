using System.Globalization;
using MassTransit;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>
/// Reads headers. Senders can write any header, of any AMQP type. A header of the wrong type is ignored: an exception
/// would return its message to the queue for ever.
/// </summary>
static class AmqpHeaders
{
    public static string? Text(this Headers headers, string name) =>
        headers.TryGetHeader(name, out var value) ? value as string : null;

    /// <summary>A whole number of 0 or more, or a text with its digits.</summary>
    public static long? Number(this Headers headers, string name) =>
        headers.TryGetHeader(name, out var value) ? Number(value) : null;

    /// <inheritdoc cref="Number(Headers, string)"/>
    public static long? Number(object? value) =>
        long.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.None,
            CultureInfo.InvariantCulture, out var number) ? number : null;
}
