using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Limits;
using OpenAIWorker.Storage.Assistants;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>Whose assistants and threads a job sees, and by what its own are known in the store.</summary>
sealed class JobOwners(RateLimiter limiter, IOptions<AssistantsOptions> options)
{
    /// <summary>Whether each tenant has his own.</summary>
    public bool AreTenants => options.Value.PerTenant;

    /// <summary>The credential, or its tenant where each tenant has his own.</summary>
    public string OwnerOf(JobRequest request) => options.Value.PerTenant
        ? $"{OpenAIClients.KeyOf(request)}"
            + $"/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(limiter.TenantOf(request))))}"
        : OpenAIClients.KeyOf(request);

    /// <summary>
    /// The job's id, its operation and what it asks: a sender who reuses the id of another's job with another request
    /// gets an answer of his own.
    /// </summary>
    public string KeyOf(JobRequest request) =>
        $"{OperationCatalog.For(request.GetType()).Name}/{request.JobId}"
            + $"/{RequestHash.Of(request, limiter.TenantOf(request))}";
}
