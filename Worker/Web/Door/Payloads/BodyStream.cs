using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Web.Door.Payloads;

/// <summary>
/// A body on its way to the store: it is counted, hashed, and compared with the sender's digest. Errors of the sender
/// must not look like failures of the store, which reads this stream.
/// </summary>
/// <param name="body">The body.</param>
/// <param name="said">The expected SHA-256; null: any.</param>
sealed class BodyStream(Stream body, byte[]? said) : ReadOnceStream
{
    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Count { get; private set; }

    public byte[] Sha256 => hash.GetCurrentHash();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Read(buffer, cancellationToken);
        hash.AppendData(buffer.Span[..read]);
        Count += read;
        if (read == 0 && buffer.Length > 0 && said is not null && !said.AsSpan().SequenceEqual(Sha256))
            throw new WebProblem(StatusCodes.Status400BadRequest, "digest_mismatch",
                "The received bytes do not match Content-Digest. Send them again.").Thrown();
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            hash.Dispose();
        base.Dispose(disposing);
    }

    async Task<int> Read(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellation);
        }
        catch (BadHttpRequestException bad) when (bad.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw WebFaults.TooLarge.Thrown();
        }
        catch (BadHttpRequestException bad)
        {
            throw new WebProblem(bad.StatusCode, "bad_request", bad.Message).Thrown();
        }
        catch (IOException)
        {
            throw new WebProblem(StatusCodes.Status400BadRequest, "bad_request",
                "The body ended too early.").Thrown();
        }
    }
}
