using System.Security.Cryptography;
using System.Text;

namespace OpenAIWorker.Web.Access;

/// <summary>
/// A token's hash, as the settings have it. A token is 32 random bytes, so a plain hash reveals nothing of it.
/// </summary>
static class TokenHash
{
    const string Prefix = "sha256:";
    const int TokenBytes = 32;

    /// <summary>A new token.</summary>
    public static string NewToken() => $"owt_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes))}";

    public static byte[] Of(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>The form in the settings.</summary>
    public static string Written(string token) => Prefix + Convert.ToHexStringLower(Of(token));

    /// <summary>Null: it is not a hash.</summary>
    public static byte[]? Read(string? written)
    {
        if (written is null || written.Length != Prefix.Length + 2 * SHA256.HashSizeInBytes
            || !written.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var hash = new byte[SHA256.HashSizeInBytes];
        return Convert.FromHexString(written.AsSpan(Prefix.Length), hash, out _, out _)
            == System.Buffers.OperationStatus.Done ? hash : null;
    }
}
