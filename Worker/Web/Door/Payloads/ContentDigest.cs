using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Web.Door.Payloads;

/// <summary>
/// The SHA-256 that a sender announces for its bytes: <c>Content-Digest: sha-256=:BASE64:</c> (RFC 9530).
/// </summary>
static class ContentDigest
{
    const string Header = "Content-Digest";
    const string Kind = "sha-256=";

    /// <summary>Null: the header has no SHA-256.</summary>
    /// <exception cref="WebProblemException">The header cannot be read.</exception>
    public static byte[]? Of(HttpRequest request)
    {
        foreach (var said in request.Headers[Header].SelectMany(line => (line ?? "").Split(','))
            .Select(one => one.Trim()))
            if (said.StartsWith(Kind, StringComparison.OrdinalIgnoreCase))
                return Read(said[Kind.Length..]) ?? throw new WebProblem(StatusCodes.Status400BadRequest,
                    FailureCodes.InvalidRequest,
                    $"{Header} cannot be read. Write sha-256=:BASE64:, with the 32 bytes of the SHA-256 in base64.")
                { Member = Header }.Thrown();
        return null;
    }

    static byte[]? Read(string value)
    {
        var hash = new byte[value.Length];
        return value is [':', .. var inside, ':'] && Convert.TryFromBase64String(inside, hash, out var length)
            && length == SHA256.HashSizeInBytes ? hash[..length] : null;
    }
}
