using System.Security.Cryptography;

namespace OpenAIWorker.Delivery.Bodies;

/// <summary>Names a body by its bytes, without reading it, so that nothing has to keep the body itself.</summary>
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
