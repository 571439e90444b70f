using OpenAIWorker.Storage;

namespace OpenAIWorker.Payloads;

/// <summary>A store whose every fault is a failure of the job, with a code and a cure.</summary>
sealed class GuardedStore(IPayloadStore store, StoreGate gate) : IPayloadStore
{
    public const string Name = "payloads";

    public async Task Put(string id, Stream content, CancellationToken cancellation)
    {
        await gate.Use(() => store.Put(id, content, cancellation), cancellation);
        gate.HasKept();
    }

    // What has just been kept vouches for what is to come.
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
