using System.IO.Compression;
using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>
/// Unpacks gzip to its very end. A mark is packed behind the packed bytes: it comes out of the other end only where all before it was whole, since gzip's
/// members follow each other.
/// </summary>
sealed class WholeGzip : ReadOnceStream
{
    static readonly byte[] Mark = [0xC7, 0x11, 0x9A, 0x5E, 0x03, 0xF2, 0x88, 0x4D, 0xB6, 0x70, 0x2F, 0xE9, 0x54, 0x1B, 0xA3, 0xDC];
    static readonly byte[] PackedMark = Packed();

    readonly GZipStream unpacking;
    readonly byte[] held = new byte[81920 + 16];
    int begin, end;
    bool isOver;

    public WholeGzip(Stream packed) => unpacking = new(new Behind(packed), CompressionMode.Decompress);

    /// <exception cref="InvalidDataException">The packed bytes end in the middle, or are none.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        while (!isOver && end - begin <= Mark.Length)
            await Fill(cancellationToken);
        var count = Math.Min(buffer.Length, isOver ? end - begin : end - begin - Mark.Length);
        held.AsMemory(begin, count).CopyTo(buffer);
        begin += count;
        return count;
    }

    // The last bytes are held back until it is known that they are not the mark.
    async Task Fill(CancellationToken cancellation)
    {
        held.AsSpan(begin, end - begin).CopyTo(held);
        (begin, end) = (0, end - begin);
        var read = await unpacking.ReadAsync(held.AsMemory(end), cancellation);
        end += read;
        if (read > 0)
            return;
        if (!held.AsSpan(begin, end - begin).EndsWith(Mark))
            throw new InvalidDataException("The packed body ends in the middle.");
        end -= Mark.Length;
        isOver = true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            unpacking.Dispose();
        base.Dispose(disposing);
    }

    static byte[] Packed()
    {
        var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            packing.Write(Mark);
        return packed.ToArray();
    }

    // The packed bytes, and the mark behind them.
    sealed class Behind(Stream packed) : ReadOnceStream
    {
        ReadOnlyMemory<byte> mark = PackedMark;
        bool isAtMark;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.IsEmpty)
                return 0;
            if (!isAtMark && await packed.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                return read;
            isAtMark = true;
            var count = Math.Min(mark.Length, buffer.Length);
            mark[..count].CopyTo(buffer);
            mark = mark[count..];
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                packed.Dispose();
            base.Dispose(disposing);
        }
    }
}
