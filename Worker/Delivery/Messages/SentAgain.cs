using MassTransit;
using OpenAIWorker.Delivery.DeadLetters;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>
/// When a job was sent again on purpose: older cancellations do not apply to it. The header is not signed: a sender
/// that writes it could as well have sent its job under another id.
/// </summary>
static class SentAgain
{
    /// <summary>The time in milliseconds.</summary>
    public const string Header = DeadLetterHeaders.Own + "sent-again";

    // A time far in the future would spare a job all cancellations until then.
    static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(5);

    /// <summary>Null: it was not sent again, or its time lies in the future.</summary>
    public static DateTimeOffset? Of(Headers headers, DateTimeOffset now) =>
        SentTimestamp.Of(headers, Header) is { } at && at <= now + MostAhead ? at : null;

    /// <summary>The header, if there is a time.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Headers(DateTimeOffset? at) =>
        at is { } time ? [new(Header, time.ToUnixTimeMilliseconds())] : [];
}
