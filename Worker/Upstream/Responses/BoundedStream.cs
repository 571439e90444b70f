using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>
/// Limits how much of a body is read, whatever length was announced: compressed bodies may expand without end.
/// </summary>
/// <param name="body">The bytes as they come.</param>
/// <param name="most">The maximum number of bytes.</param>
/// <param name="tooMany">Makes the failure for a larger body.</param>
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
