using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Payloads.Streams;

/// <summary>
/// Bytes from another party. A silent party is given up, and a slow one is named when the job's time ends.
/// </summary>
/// <param name="inner">The bytes while they arrive.</param>
/// <param name="silent">The failure of a silent party.</param>
/// <param name="slow">The failure if the job's time ends meanwhile.</param>
sealed class PatientStream(Stream inner, Func<FailureException> silent, Func<TimeSpan, Failure> slow) : ReadOnceStream
{
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(Silence);
        var turn = PartyInTurn.Is(slow);
        try
        {
            var read = await inner.ReadAsync(buffer, timer.Token);
            turn.Done();
            return read;
        }
        catch (OperationCanceledException)
            when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw silent();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
