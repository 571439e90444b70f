using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>An answer's body, in which a broken connection is a <see cref="Failure"/> like any other.</summary>
/// <param name="body">The bytes as they come.</param>
/// <param name="answer">Disposed with the stream.</param>
/// <param name="unreachable">Makes the failure for a broken connection.</param>
sealed class DownloadStream(Stream body, IDisposable answer, Func<Exception, FailureException> unreachable)
    : ReadOnceStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception broken) when (BrokenConnection.Is(broken) && !cancellationToken.IsCancellationRequested)
        {
            throw unreachable(broken);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
            answer.Dispose();
        }
        base.Dispose(disposing);
    }
}
