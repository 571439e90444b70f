using System.Globalization;
using MassTransit;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>
/// Headers are the sender's to write, and AMQP has types of many kinds for them. A header of the wrong type is
/// ignored: one that throws would bring its message back for ever.
/// </summary>
static class AmqpHeaders
{
    public static string? Text(this Headers headers, string name) =>
        headers.TryGetHeader(name, out var value) ? value as string : null;

    /// <summary>A whole number of 0 and more, or its digits.</summary>
    public static long? Number(this Headers headers, string name) =>
        headers.TryGetHeader(name, out var value) ? Number(value) : null;

    /// <inheritdoc cref="Number(Headers, string)"/>
    public static long? Number(object? value) =>
        long.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.None,
            CultureInfo.InvariantCulture, out var number) ? number : null;
}
