namespace OpenAIWorker.Payloads;

/// <summary>Keeps bytes under ids of the shape that <see cref="PayloadId"/> gives, for a time.</summary>
interface IPayloadStore
{
    /// <summary>Keeps the bytes of a stream. They can be opened once all are kept.</summary>
    Task Put(string id, Stream content, CancellationToken cancellation);

    /// <summary>Keeps a few bytes, to see whether it would keep more.</summary>
    Task Try(CancellationToken cancellation);

    /// <summary>The bytes, or null where there are none of that id.</summary>
    Task<StoredPayload?> Open(string id, CancellationToken cancellation);

    /// <summary>Forgets the bytes, if there are any.</summary>
    Task Delete(string id, CancellationToken cancellation);

    /// <summary>
    /// Forgets what was kept before a time, and says how much. One that cannot be deleted does not stop the others.
    /// </summary>
    Task<Swept> DeleteOlderThan(DateTimeOffset time, CancellationToken cancellation);
}

/// <summary>What a sweep came to.</summary>
/// <param name="Deleted">How many payloads are gone.</param>
/// <param name="Left">How many should be, and could not be deleted.</param>
/// <param name="Reason">Why the last of them could not.</param>
sealed record Swept(int Deleted, int Left = 0, string? Reason = null)
{
    public Swept And(Exception failed) => this with { Left = Left + 1, Reason = failed.Message };
}

/// <summary>Bytes in the store.</summary>
sealed record StoredPayload(Stream Content, long Length);
