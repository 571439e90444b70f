using System.Text.Unicode;
using OpenAIWorker.Json;

namespace OpenAIWorker.Delivery.Bodies;

/// <summary>Checks a body before it is read: whether it can be a JSON object at all.</summary>
static class BodyFault
{
    static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>
    /// The body without a byte order mark, which editors and some programs write, and JSON readers refuse.
    /// </summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) =>
        body.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;

    /// <summary>Why it cannot be a JSON object, in a sentence; null if it can.</summary>
    public static string? Of(ReadOnlySpan<byte> whole)
    {
        var body = WithoutMark(whole).TrimStart(" \t\r\n"u8);
        if (body.IsEmpty)
            return "The body is empty. A job is a JSON object.";
        if (AmqpValue.IsOne(body))
            return "The body is a value of AMQP 1.0, such as a map, but a job is JSON: send its text as a data "
                + "section, as docs/clients/rhea.md shows.";
        if (!Utf8.IsValid(body))
            return "The body has bytes that are not UTF-8. Encode it in UTF-8.";
        if (WholeText.HasHalfACharacter(body))
            return @"The body has half of a surrogate pair: an escape of \ud800 to \udfff without the other half.";
        return body[0] switch
        {
            // Skips comments.
            (byte)'{' or (byte)'/' => null,
            (byte)'[' =>
                "The body is a list, but a job is a JSON object: send each job as a separate message. (Celery's "
                    + "tasks are such lists: publish with kombu, as docs/clients/celery.md shows.)",
            (byte)'"' =>
                "The body is a JSON text, but a job is a JSON object: it was encoded as JSON twice. Send the object "
                    + "itself.",
            _ => "The body is not a JSON object: it does not begin with {.",
        };
    }
}
