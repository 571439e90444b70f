namespace OpenAIWorker.Payloads;

/// <summary>Keeps bytes under ids of the shape that <see cref="PayloadId"/> gives, for a time.</summary>
interface IPayloadStore
{
    /// <summary>Keeps the bytes of a stream. Nobody can open them before all are kept.</summary>
    Task Put(string id, Stream content, CancellationToken cancellation);

    /// <summary>The bytes, or null where there are none of that id.</summary>
    Task<StoredPayload?> Open(string id, CancellationToken cancellation);

    /// <summary>Forgets the bytes, if there are any.</summary>
    Task Delete(string id, CancellationToken cancellation);

    /// <summary>Forgets what was kept before a time, and says how much.</summary>
    Task<int> DeleteOlderThan(DateTimeOffset time, CancellationToken cancellation);
}

/// <summary>Bytes in the store.</summary>
sealed record StoredPayload(Stream Content, long Length);
