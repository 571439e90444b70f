using System.Text.Json;
using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Delivery.Bodies;

/// <summary>
/// A message's JSON as its operation reads it: decompressed, and without the wrappers of foreign programs. The message
/// itself stays unchanged, so that it waits and is kept as its sender wrote it.
/// </summary>
/// <param name="Bytes">The JSON.</param>
/// <param name="Id">The job's id from a wrapper.</param>
/// <param name="Fault">Why it is not a job of the operation.</param>
sealed record PlainBody(byte[] Bytes, string? Id = null, Failure? Fault = null)
{
    /// <summary>Whether it is MassTransit's envelope, whatever its content type says.</summary>
    public bool IsEnvelope { get; private init; }

    /// <summary>The same, parsed; null if it has to be parsed by its reader.</summary>
    public JsonElement? Json { get; private init; }

    /// <summary>
    /// Whether it cannot be an envelope, whatever its content type says, because it has none of an envelope's members.
    /// </summary>
    public bool HasNoEnvelope =>
        Bytes.AsSpan().IndexOf("\"message\""u8) < 0 && Bytes.AsSpan().IndexOf("\"messageType\""u8) < 0;

    /// <param name="body">The message's body.</param>
    /// <param name="encoding">Its AMQP content_encoding.</param>
    /// <param name="operation">The operation of its queue.</param>
    public static PlainBody Of(byte[] body, string? encoding, string operation)
    {
        var (plain, wrapping) = (new PlainBody(body), new BodyWrapping(operation));
        try
        {
            plain = new(BodyText.Of(BodyPacking.Unpacked(AmqpValue.Content(body), encoding)));
            if (BodyFault.Of(plain.Bytes) is { } fault)
                return plain with { Fault = Unreadable(fault + BodyPacking.Hint(encoding)) };
            var inside = wrapping.Open(plain.Bytes);
            return new(inside, wrapping.Id, wrapping.Repeated)
            {
                IsEnvelope = wrapping.IsEnvelope,
                Json = wrapping.Json
            };
        }
        catch (FailureException wrong)
        {
            return new(wrapping.Inside ?? plain.Bytes, wrapping.Id, wrong.Failure);
        }
    }

    /// <summary>A delivery's opened body; its raw body if it is not opened yet.</summary>
    public static PlainBody Of(ReceiveContext context) =>
        context.TryGetPayload<PlainBody>(out var plain) ? plain : new(BodyText.Of(context.GetBody()));

    /// <summary>Opens a delivery's body, for all later readers.</summary>
    public static PlainBody Open(ReceiveContext context, string operation)
    {
        var encoding = context.TryGetPayload<RabbitMqBasicConsumeContext>(out var message)
            ? message.Properties.ContentEncoding
            : null;
        return context.AddOrUpdatePayload(() => Of(context.GetBody(), encoding, operation), known => known);
    }

    public static Failure Unreadable(string why) =>
        new(FailureKind.Permanent, FailureCodes.Unreadable, why, Remedy.Sender);
}
