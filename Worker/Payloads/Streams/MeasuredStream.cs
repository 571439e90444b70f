using System.Security.Cryptography;
using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Payloads.Streams;

/// <summary>Counts and hashes the bytes that are read through it.</summary>
sealed class MeasuredStream(Stream inner) : ReadOnceStream
{
    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The number of bytes so far.</summary>
    public long Count { get; private set; }

    /// <summary>SHA-256 of the bytes so far, in the contracts' form.</summary>
    public string Sha256 => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>Called whenever bytes were read.</summary>
    public Action<MeasuredStream>? OnBytes { get; init; }

    /// <summary>Called at the end.</summary>
    public Action<MeasuredStream>? OnEnd { get; init; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        hash.AppendData(buffer.Span[..read]);
        Count += read;
        if (read > 0)
            OnBytes?.Invoke(this);
        else if (buffer.Length > 0)
            OnEnd?.Invoke(this);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
            inner.Dispose();
        }
        base.Dispose(disposing);
    }
}
