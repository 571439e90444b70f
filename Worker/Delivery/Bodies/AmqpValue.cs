using System.Buffers.Binary;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Bodies;

/// <summary>
/// A body that an AMQP 1.0 client sent as a value instead of data: the broker forwards it in its AMQP 1.0 encoding. Its
/// first byte never begins JSON.
/// </summary>
static class AmqpValue
{
    const byte ShortBytes = 0xA0, ShortText = 0xA1, LongBytes = 0xB0, LongText = 0xB1;

    static ReadOnlySpan<byte> Sign => [0x00, 0x53, 0x77];

    public static bool IsOne(ReadOnlySpan<byte> body) => body.StartsWith(Sign);

    /// <summary>The text or the bytes; the same bytes if the body is not such a value.</summary>
    public static byte[] Content(byte[] body) => !IsOne(body) ? body : body[Sign.Length..] switch
    {
        [ShortBytes or ShortText, var length, .. var content] when content.Length == length => content,
        [LongBytes or LongText, var a, var b, var c, var d, .. var content]
            when content.Length == BinaryPrimitives.ReadUInt32BigEndian([a, b, c, d]) => content,
        _ => body,
    };
}
