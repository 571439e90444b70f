using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Operations;

/// <summary>Distinguishes two requests with the same job id: senders choose ids, and may reuse or guess them.</summary>
static class RequestHash
{
    /// <summary>
    /// A hash of the request and its sender. Members about when and how to deliver the job are not part of it.
    /// </summary>
    public static string Of(JobRequest request, string tenant)
    {
        var asked = request with
        {
            JobId = null,
            Credential = null,
            Timeout = null,
            MaxRetries = null,
            NotBefore = null,
            Deadline = null,
            Priority = null,
            Group = null,
            Metadata = null
        };
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(asked, OperationCatalog.For(request.GetType()).Json));
        hash.AppendData(Encoding.UTF8.GetBytes(tenant));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
