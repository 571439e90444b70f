using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Delivery.Bodies;

/// <summary>
/// A message's JSON as its operation reads it: unpacked, and taken out of what foreign programs put around it. The
/// message itself stays as it came, so that it waits, and is kept, as its sender wrote it.
/// </summary>
/// <param name="Bytes">The JSON.</param>
/// <param name="Id">The id that a wrapper gives the job.</param>
/// <param name="Fault">Why it is no job of the operation.</param>
sealed record PlainBody(byte[] Bytes, string? Id = null, Failure? Fault = null)
{
    /// <summary>Whether it is MassTransit's envelope, whatever its content type says.</summary>
    public bool IsEnvelope { get; private init; }

    /// <summary>Whether it can be no envelope, whatever its content type says: it has none of its names.</summary>
    public bool HasNoEnvelope =>
        Bytes.AsSpan().IndexOf("\"message\""u8) < 0 && Bytes.AsSpan().IndexOf("\"messageType\""u8) < 0;

    /// <param name="body">The message's body.</param>
    /// <param name="encoding">Its AMQP content_encoding.</param>
    /// <param name="operation">Whose queue it came by.</param>
    public static PlainBody Of(byte[] body, string? encoding, string operation)
    {
        var (plain, wrapping) = (new PlainBody(body), new BodyWrapping(operation));
        try
        {
            plain = new(BodyText.Of(BodyPacking.Unpacked(AmqpValue.Content(body), encoding)));
            if (BodyFault.Of(plain.Bytes) is { } fault)
                return plain with { Fault = Unreadable(fault + BodyPacking.Hint(encoding)) };
            var inside = wrapping.Open(plain.Bytes);
            return new(inside, wrapping.Id, wrapping.Repeated) { IsEnvelope = wrapping.IsEnvelope };
        }
        catch (FailureException wrong)
        {
            return new(wrapping.Inside ?? plain.Bytes, wrapping.Id, wrong.Failure);
        }
    }

    /// <summary>A delivery's, once its door has been passed; before that its body as it is.</summary>
    public static PlainBody Of(ReceiveContext context) =>
        context.TryGetPayload<PlainBody>(out var plain) ? plain : new(BodyText.Of(context.GetBody()));

    /// <summary>Opens a delivery's body, for all who read it later.</summary>
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
