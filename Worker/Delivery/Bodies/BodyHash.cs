using System.Security.Cryptography;

namespace OpenAIWorker.Delivery.Bodies;

/// <summary>A hash that identifies a body, without keeping the body itself.</summary>
static class BodyHash
{
    const int Bytes = 16;

    public static Guid Of(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return new(hash[..Bytes]);
    }
}
