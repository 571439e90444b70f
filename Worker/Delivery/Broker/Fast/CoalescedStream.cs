using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using OpenAIWorker.Delivery.Broker.Watching;

namespace OpenAIWorker.Delivery.Broker.Fast;

/// <summary>
/// A stream to the broker that sends all ready frames at once. RabbitMQ.Client sends each one separately, which makes
/// one packet for the ending of a job and one for its acknowledgement, and the broker wakes up for both. A silent peer
/// is disconnected: <see cref="SilenceWatch"/>.
/// </summary>
/// <remarks>Frames wait for a thread of the pool, and all frames that arrive until one is free are sent together. So
/// nothing waits for a clock: with little traffic a frame leaves at once, and with more traffic more frames are sent
/// together.</remarks>
sealed class CoalescedStream : NetworkStream
{
    const int Piece = 64 * 1024;

    // Several pieces, so that a large body is still copied while its beginning is sent.
    const int MostPending = 8 * Piece;

    // The longest time that pending data delay closing, if the broker has stopped reading. The client disposes a stream
    // twice.
    static readonly TimeSpan Linger = TimeSpan.FromSeconds(5);

    readonly Pipe pending = new(new(pauseWriterThreshold: MostPending, resumeWriterThreshold: MostPending / 2,
        minimumSegmentSize: Piece, useSynchronizationContext: false));
    readonly SilenceWatch silence;
    readonly Task sending;
    Task? lingering;

    public CoalescedStream(Socket socket, TimeProvider clock) : base(socket)
    {
        silence = new(socket, clock);
        sending = Send();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await base.ReadAsync(buffer, cancellationToken);
        silence.Heard();
        return read;
    }

    /// <exception cref="IOException">Earlier data could not be sent.</exception>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default)
    {
        for (; buffer.Length > Piece; buffer = buffer[Piece..])
            await pending.Writer.WriteAsync(buffer[..Piece], cancellationToken);
        await pending.Writer.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // TLS uses this to tell the broker why it is refused. It must not overtake pending data.
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        pending.Writer.Write(buffer);
        pending.Writer.FlushAsync().AsTask().GetAwaiter().GetResult();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override async ValueTask DisposeAsync()
    {
        silence.Dispose();
        await pending.Writer.CompleteAsync();
        await (lingering ??= sending.WaitAsync(Linger)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.DisposeAsync();
    }

    async Task Send()
    {
        try
        {
            ReadResult read;
            do
            {
                read = await pending.Reader.ReadAsync();
                foreach (var frames in read.Buffer)
                    await base.WriteAsync(frames);
                pending.Reader.AdvanceTo(read.Buffer.End);
            }
            while (!read.IsCompleted);
            await pending.Reader.CompleteAsync();
        }
        catch (Exception broken)
        {
            await pending.Reader.CompleteAsync(broken);
        }
    }
}
