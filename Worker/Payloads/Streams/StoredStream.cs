using OpenAIWorker.Storage;
using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Payloads.Streams;

/// <summary>
/// Bytes of a store on their way to the provider. If the store breaks off or stops sending, this is reported as the
/// store's fault.
/// </summary>
sealed class StoredStream(Stream content, StoreGate gate) : ReadOnceStream
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer,
        CancellationToken cancellationToken = default) =>
        await gate.Use(() => Read(buffer, cancellationToken), cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }

    async Task<int> Read(Memory<byte> buffer, CancellationToken cancellation)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(Patience);
        return await content.ReadAsync(buffer, timer.Token);
    }
}
