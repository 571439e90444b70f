using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Records;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Limits;
using OpenAIWorker.Operations;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Storage.Records.Entries;
using OpenAIWorker.Upstream.Credentials;
using OpenAIWorker.Web.Access;
using OpenAIWorker.Web.Door.Payloads;

namespace OpenAIWorker.Web.Door;

/// <summary>Accepts jobs: reads them strictly, gives them an id and their tenant, and sends them.</summary>
sealed class JobEntry(JobSender sender, AcceptedJobs accepted, IOptionsMonitor<LimitsOptions> limits,
    TimeProvider clock)
{
    const int LongestShown = 60;
    static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>Reads a job from the contract's JSON.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="json">The request.</param>
    /// <param name="key">The job's id if the request has none, such as an <c>Idempotency-Key</c>; null: a new
    /// one.</param>
    /// <param name="visitor">The sender.</param>
    /// <exception cref="FailureException">The request does not fit the contract.</exception>
    public JobRequest Read(Operation operation, JsonElement json, string? key, Visitor visitor) =>
        Of(JobReading.Read(operation, json), key, visitor);

    /// <summary>The same for a request that is already read.</summary>
    /// <exception cref="FailureException">A member is out of range, or belongs to another tenant.</exception>
    public JobRequest Of(JobRequest request, string? key, Visitor visitor)
    {
        var named = request with
        {
            JobId = request.JobId is { } own ? JobReading.Id(own)
            : key is not null ? JobReading.Id(key, "Idempotency-Key")
            : Guid.NewGuid().ToString(),
        };
        CommonCheck.Of(named);
        Addressable("jobId", named.JobId);
        Addressable("group.id", named.Group?.Id);
        if (visitor.Tenant is not { } tenant)
            return named;
        TenantPayloads.Check(named, tenant);
        return WithTenant(named, tenant);
    }

    /// <summary>The key of a job's record.</summary>
    public JobKey KeyOf(JobRequest job) =>
        RecordedJob.KeyOf(job.JobId!, limits.CurrentValue.TenantOf(job.Metadata))!.Value;

    /// <summary>
    /// Sends a job; completes when the broker has confirmed it. A job that has ended is answered with its ending.
    /// </summary>
    /// <exception cref="WebProblemException">Another request has the id, or the broker does not accept the
    /// job.</exception>
    public Task<JobKey> Send(JobRequest job, CancellationToken cancellation) =>
        Send(job, isAgain: false, cancellation);

    /// <summary>
    /// The same for a job that is sent again on purpose: older cancellations, also of its group, do not apply to it.
    /// </summary>
    public Task<JobKey> SendAgain(JobRequest job, CancellationToken cancellation) =>
        Send(job, isAgain: true, cancellation);

    /// <summary>Sends several jobs, and returns the result for each.</summary>
    public Task<IReadOnlyList<SentJob>> Send(IReadOnlyList<JobRequest> jobs, CancellationToken cancellation) =>
        Send(jobs, isAgain: false, cancellation);

    async Task<JobKey> Send(JobRequest job, bool isAgain, CancellationToken cancellation)
    {
        var sent = (await Send([job], isAgain, cancellation))[0];
        return sent.Problem is { } problem ? throw problem.Thrown() : sent.Key;
    }

    async Task<IReadOnlyList<SentJob>> Send(IReadOnlyList<JobRequest> jobs, bool isAgain,
        CancellationToken cancellation)
    {
        var known = await accepted.Add([.. jobs.Select(Accepted)], cancellation);
        return await Task.WhenAll(jobs.Select((job, i) => Send(job, known[i], isAgain)));
    }

    // A job that is recorded is sent even if its sender disconnects meanwhile.
    async Task<SentJob> Send(JobRequest job, KnownRequest? known, bool isAgain)
    {
        var key = KeyOf(job);
        if (known is not null && !IsSame(job, known))
            return new(key, known.State, Conflict(key, known));
        var isSent = false;
        try
        {
            isSent = await BrokerHandover.Takes(time => sender.Send(job, null, null,
                isAgain ? clock.GetUtcNow() : null, time), clock);
        }
        finally
        {
            // The broker may have it nevertheless; then its worker records it.
            if (!isSent && known is null)
                await accepted.Remove(key);
        }
        return new(key, known?.State ?? JobStates.Waiting, isSent ? null : Away(key));
    }

    // Clients and servers read /jobs/.. as another address: https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4
    static void Addressable(string member, string? id)
    {
        if (id is "." or "..")
            throw new FailureException(Failure.Invalid(member,
                $"{member} is '{id}', with which no address can end. Use another id."));
    }

    AcceptedJob Accepted(JobRequest job)
    {
        var operation = OperationCatalog.For(job.GetType());
        // The value may be a key in the wrong place, so it is not recorded here. The worker resolves it.
        return new(KeyOf(job), operation.Name, job.Credential is null ? CredentialOptions.Default : "",
            RecordedJob.HashOf(operation.Name, job))
        { Model = RecordedJob.ModelOf(operation.ModelOf(job)), Group = job.Group?.Id };
    }

    JobRequest WithTenant(JobRequest job, string tenant)
    {
        var at = limits.CurrentValue.Tenant!;
        if (job.Metadata?.GetValueOrDefault(at) is { } given && given != tenant)
            throw new FailureException(Failure.Invalid($"metadata.{at}",
                $"metadata.{at} is '{Excerpt.Marked(given, LongestShown)}', but the token belongs to the tenant "
                    + $"'{tenant}'. Leave it out."));
        return job with { Metadata = new Dictionary<string, string>(job.Metadata ?? None) { [at] = tenant } };
    }

    // The worker's record has the credential in the settings' spelling.
    static bool IsSame(JobRequest job, KnownRequest known)
    {
        var operation = OperationCatalog.For(job.GetType()).Name;
        var spelled = string.Equals(job.Credential, known.Credential, StringComparison.OrdinalIgnoreCase)
            ? job with { Credential = known.Credential }
            : job;
        return operation == known.Operation
            && RecordedJob.HashOf(operation, spelled) == known.Hash.TrimStart(AcceptedJob.Mark);
    }

    static WebProblem Conflict(JobKey key, KnownRequest known) => new(StatusCodes.Status409Conflict,
        FailureCodes.JobIdConflict,
        $"Another request has this id: a job of {known.Operation}, whose record is kept. Send this job with a "
            + "different id.")
    { Member = "jobId", JobId = key.Id };

    static WebProblem Away(JobKey key) =>
        BrokerHandover.Away("Send the job again in a moment with this jobId: it runs once.") with { JobId = key.Id };
}
