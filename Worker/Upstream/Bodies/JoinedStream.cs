namespace OpenAIWorker.Upstream.Bodies;

/// <summary>A stream whose first bytes were already read: these bytes, and then the rest.</summary>
sealed class JoinedStream(ReadOnlyMemory<byte> head, Stream rest) : ReadOnceStream
{
    ReadOnlyMemory<byte> head = head;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
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
