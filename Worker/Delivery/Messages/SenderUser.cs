using MassTransit;
using MassTransit.RabbitMqTransport;
using OpenAIWorker.Delivery.Seals;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>
/// The user who sent a job. The broker checks AMQP's <c>user-id</c> of a message, and does not let the worker send a
/// message with another user. So when the worker moves a job or keeps it as a dead letter, a signed header has the
/// user.
/// </summary>
static class SenderUser
{
    public const string Header = "openai-worker-user";
    public const string Seal = "openai-worker-user-seal";

    static readonly string[] Names = [Header];

    public static string? Of(ReceiveContext context, SealedJob job, HeaderSeal seal) =>
        context.GetPayload<RabbitMqBasicConsumeContext>().Properties.UserId is { Length: > 0 } user
            ? user
            : context.TransportHeaders.Text(Header) is { } said
            && seal.Holds(context.TransportHeaders, Names, job, Seal) ? said : null;

    /// <summary>The headers that repeat the user.</summary>
    public static IReadOnlyList<KeyValuePair<string, object?>> Headers(ReceiveContext context, SealedJob job,
        HeaderSeal seal) =>
        Of(context, job, seal) is { } user ? seal.Sealed([new(Header, user)], job, Seal) : [];
}
