using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>
/// A body of which no more is read than a bound, whatever was announced: packed bodies may unfold without end.
/// </summary>
/// <param name="body">The bytes as they come.</param>
/// <param name="most">How many there may be.</param>
/// <param name="tooMany">How more is told of.</param>
sealed class BoundedStream(Stream body, long most, Func<FailureException> tooMany) : ReadOnceStream
{
    long left = most;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await body.ReadAsync(buffer, cancellationToken);
        left -= read;
        return left >= 0 ? read : throw tooMany();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            body.Dispose();
        base.Dispose(disposing);
    }
}
