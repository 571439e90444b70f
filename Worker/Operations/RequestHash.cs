using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Operations;

/// <summary>
/// Tells two requests apart that bear the same job id: ids are the senders' to choose, and may be used or guessed.
/// </summary>
static class RequestHash
{
    /// <summary>
    /// A hash of what is asked, and by whom. How and when it is to be delivered makes no other request of it.
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
