using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Upstream.Bodies;

/// <summary>
/// The body of an answer that is JSON. If its object or list is complete, the answer is paid for and usable, even if
/// the connection breaks afterwards, ends too early for its length or its compression, or never ends.
/// </summary>
/// <param name="body">The bytes as they come.</param>
/// <param name="clock">The time.</param>
sealed class JsonAnswerStream(Stream body, TimeProvider clock) : ReadOnceStream
{
    /// <summary>How long a complete answer waits for its end.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly JsonExtent extent = new();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await (extent.IsWhole ? AtItsEnd(buffer, cancellationToken)
                : body.ReadAsync(buffer, cancellationToken));
            extent.Add(buffer.Span[..read]);
            return read;
        }
        catch (Exception broken) when (extent.IsWhole && !cancellationToken.IsCancellationRequested
            && (BrokenConnection.Is(broken) || broken is FailureException or OperationCanceledException))
        {
            return 0;
        }
    }

    async ValueTask<int> AtItsEnd(Memory<byte> buffer, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = body.ReadAsync(buffer, end.Token);
        // Nearly every answer has ended.
        if (reading.IsCompleted)
            return await reading;
        await using var patience = clock.CreateTimer(static end => ((CancellationTokenSource)end!).Cancel(), end,
            Patience, Timeout.InfiniteTimeSpan);
        return await reading;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            body.Dispose();
        base.Dispose(disposing);
    }
}
