using System.Security.Cryptography;
using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Payloads;

#pragma warning disable CA1822 // The store comes with the next change.
/// <summary>Gives out the bytes that a request brings or points to, and takes in those that a result is to carry.</summary>
sealed class ClaimChecks
{
    /// <summary>The bytes of an input.</summary>
    /// <param name="member">The request's member that holds the input, for an error's sentence.</param>
    /// <param name="input">Which bytes.</param>
    /// <param name="most">More bytes than this are refused.</param>
    /// <param name="cancellation">Ends the opening.</param>
    /// <exception cref="FailureException">The bytes are not to be had, or too many.</exception>
    public Task<Payload> Open(string member, BinaryInput input, long most, CancellationToken cancellation)
    {
        var bytes = Convert.FromBase64String(input.Base64!);
        return Task.FromResult(new Payload(new MemoryStream(bytes), input.ContentType ?? "application/octet-stream", input.FileName ?? "file", bytes.Length));
    }

    /// <summary>Keeps the bytes that a provider made: inline where they are few, else in the store.</summary>
    public async Task<BinaryOutput> Keep(Stream content, string contentType, string fileName, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        await content.CopyToAsync(buffer, cancellation);
        var bytes = buffer.ToArray();
        return new()
        {
            Base64 = Convert.ToBase64String(bytes),
            ContentType = contentType,
            FileName = fileName,
            Length = bytes.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
        };
    }
}
