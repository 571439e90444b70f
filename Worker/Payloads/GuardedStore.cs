using OpenAIWorker.Payloads.Streams;
using OpenAIWorker.Storage;

namespace OpenAIWorker.Payloads;

/// <summary>A store whose faults become failures of the job, with a code and a cure.</summary>
sealed class GuardedStore(IPayloadStore store, StoreGate gate) : IPayloadStore
{
    public const string Name = "payloads";

    public async Task Put(string id, Stream content, CancellationToken cancellation)
    {
        await gate.Use(() => store.Put(id, content, cancellation), cancellation);
        gate.HasKept();
    }

    // A recent success is proof enough.
    public async Task Try(CancellationToken cancellation)
    {
        if (gate.IsTrusted)
            return;
        await gate.Use(() => store.Try(cancellation), cancellation);
        gate.HasKept();
    }

    public async Task<StoredPayload?> Open(string id, CancellationToken cancellation) =>
        await gate.Use(() => store.Open(id, cancellation), cancellation) is { } stored
            ? stored with { Content = new StoredStream(stored.Content, gate) }
            : null;

    public Task Delete(string id, CancellationToken cancellation) =>
        gate.Use(() => store.Delete(id, cancellation), cancellation);

    public Task<Swept> DeleteOlderThan(DateTimeOffset time, CancellationToken cancellation) =>
        gate.Use(() => store.DeleteOlderThan(time, cancellation), cancellation);
}
