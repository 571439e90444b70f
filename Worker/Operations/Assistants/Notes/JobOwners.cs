using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Limits;
using OpenAIWorker.Storage.Assistants;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Operations.Assistants.Notes;

/// <summary>Which assistants and threads a job sees, and under which key the store keeps its own.</summary>
sealed class JobOwners(RateLimiter limiter, IOptions<AssistantsOptions> options)
{
    /// <summary>Whether each tenant has its own.</summary>
    public bool AreTenants => options.Value.PerTenant;

    /// <summary>The credential; or its tenant, if each tenant has its own.</summary>
    public string OwnerOf(JobRequest request) => options.Value.PerTenant
        ? $"{OpenAIClients.KeyOf(request)}"
            + $"/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(limiter.TenantOf(request))))}"
        : OpenAIClients.KeyOf(request);

    /// <summary>
    /// The job's id, operation and content. So a sender that reuses another job's id with another request does not
    /// receive that job's answer.
    /// </summary>
    public string KeyOf(JobRequest request) =>
        $"{OperationCatalog.For(request.GetType()).Name}/{request.JobId}"
            + $"/{RequestHash.Of(request, limiter.TenantOf(request))}";
}
