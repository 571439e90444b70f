namespace OpenAIWorker.Payloads;

/// <summary>Stores bytes for a time, under ids made by <see cref="PayloadId"/>.</summary>
interface IPayloadStore
{
    /// <summary>Stores the bytes of a stream. They can be opened once all are stored.</summary>
    Task Put(string id, Stream content, CancellationToken cancellation);

    /// <summary>Stores a few bytes, to check that it would accept more.</summary>
    Task Try(CancellationToken cancellation);

    /// <summary>The bytes, or null if the id is unknown.</summary>
    Task<StoredPayload?> Open(string id, CancellationToken cancellation);

    /// <summary>Deletes the bytes, if there are any.</summary>
    Task Delete(string id, CancellationToken cancellation);

    /// <summary>
    /// Deletes what was stored before a time, and counts it. A failed deletion does not stop the others.
    /// </summary>
    Task<Swept> DeleteOlderThan(DateTimeOffset time, CancellationToken cancellation);
}

/// <summary>The result of a sweep.</summary>
/// <param name="Deleted">The number of deleted payloads.</param>
/// <param name="Left">The number of payloads that could not be deleted.</param>
/// <param name="Reason">The reason for the last of them.</param>
sealed record Swept(int Deleted, int Left = 0, string? Reason = null)
{
    public Swept And(Exception failed) => this with { Left = Left + 1, Reason = failed.Message };
}

/// <summary>Bytes in the store.</summary>
sealed record StoredPayload(Stream Content, long Length);
