using System.Runtime.ExceptionServices;

namespace OpenAIWorker.Upstream.Bodies;

/// <summary>A stream whose first bytes were already read: these bytes, and then the rest.</summary>
/// <param name="head">The first bytes.</param>
/// <param name="rest">The rest.</param>
/// <param name="broken">Why there is no rest.</param>
sealed class JoinedStream(ReadOnlyMemory<byte> head, Stream rest, ExceptionDispatchInfo? broken = null) : ReadOnceStream
{
    ReadOnlyMemory<byte> head = head;

    /// <summary>
    /// Reads the first bytes. If the stream breaks within them, its reader gets them first, and then the exception.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="least">How many bytes it waits for.</param>
    /// <param name="most">How many bytes it takes.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static async Task<(ReadOnlyMemory<byte> Head, JoinedStream Whole)> Begin(Stream stream, int least, int most,
        CancellationToken cancellation)
    {
        var (head, length, read, broken) = (new byte[most], 0, 1, (ExceptionDispatchInfo?)null);
        try
        {
            while (length < least && read > 0)
                length += read = await stream.ReadAsync(head.AsMemory(length), cancellation);
        }
        catch (Exception breaking) when (length > 0 && !cancellation.IsCancellationRequested)
        {
            broken = ExceptionDispatchInfo.Capture(breaking);
        }
        return (head.AsMemory(0, length), new(head.AsMemory(0, length), stream, broken));
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (head.IsEmpty)
            broken?.Throw();
        if (head.IsEmpty)
            return rest.ReadAsync(buffer, cancellationToken);
        if (buffer.IsEmpty)
            return ValueTask.FromResult(0);
        var count = Math.Min(head.Length, buffer.Length);
        head[..count].CopyTo(buffer);
        head = head[count..];
        return ValueTask.FromResult(count);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            rest.Dispose();
        base.Dispose(disposing);
    }
}
