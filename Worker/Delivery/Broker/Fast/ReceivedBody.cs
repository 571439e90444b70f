using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MassTransit;
using MassTransit.Serialization;

namespace OpenAIWorker.Delivery.Broker.Fast;

/// <summary>
/// The bytes of a delivery's body. MassTransit copies them when they are first asked for. A body that
/// <see cref="ConcurrentConsumer"/> has copied already belongs to its delivery, so the first copy is used instead.
/// </summary>
static class ReceivedBody
{
    // The running thread's delivery. MassTransit makes its message before it waits for anything; if it did wait, the
    // body would be copied as before.
    [ThreadStatic]
    static byte[]? own;

    /// <summary>The delivery that begins on this thread is the only owner of its body.</summary>
    public static void Own(byte[] body) => own = body;

    /// <summary>Lets the message have its delivery's bytes.</summary>
    public static void Lend(MessageBody message)
    {
        if (own is { } bytes && message is MemoryMessageBody body
            && MemoryMarshal.TryGetArray(MemoryOf(body), out var memory) && memory.Array == bytes)
            BytesOf(body) = bytes;
        own = null;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_memory")]
    static extern ref ReadOnlyMemory<byte> MemoryOf(MemoryMessageBody body);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_bytes")]
    static extern ref byte[]? BytesOf(MemoryMessageBody body);
}
