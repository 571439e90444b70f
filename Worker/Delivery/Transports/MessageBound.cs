using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Delivery.Transports;

/// <summary>
/// The largest message. The setting states it. A broker with a lower limit closes the channel of a client that sends
/// more, and takes back all deliveries of the channel. Its limit is then remembered, so that it costs the channel only
/// once.
/// </summary>
sealed partial class MessageBound(IOptions<BrokerOptions> broker, ILogger<MessageBound> logger)
{
    readonly Log log = new(logger);
    int learnt = int.MaxValue;

    /// <summary>In bytes, for messages that the worker makes itself.</summary>
    public int Largest => Math.Min(broker.Value.LargestMessage, Volatile.Read(ref learnt));

    /// <summary>Whether the broker is known to refuse a message of this size.</summary>
    public bool IsRefused(int bytes) => bytes > Volatile.Read(ref learnt);

    /// <summary>
    /// Whether the broker closed a channel because a message was too large. From then on its own limit applies.
    /// </summary>
    public bool Learn(ShutdownEventArgs? closed)
    {
        if (closed is not { ReplyCode: Constants.PreconditionFailed, ReplyText: { } reason }
            || TooLarge().Match(reason) is not { Success: true } said
            || !int.TryParse(said.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var most))
            return false;
        if (Interlocked.Exchange(ref learnt, most) != most)
            log.Learnt(most, broker.Value.LargestMessage);
        return true;
    }

    // 3.10: "message size 400000 is larger than configured max size 300000"; 4.3 says the same.
    [GeneratedRegex(@"message size \d+ is larger than (?:the )?configured max size (\d+)")]
    private static partial Regex TooLarge();

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(41, LogLevel.Error,
            "The broker accepts messages of at most {Most} bytes (max_message_size), but Broker:LargestMessage is "
                + "{Setting}. A larger result ends its job as result_too_large. Lower the setting, or raise the "
                + "broker's")]
        public partial void Learnt(int most, int setting);
    }
}
