using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Records;
using OpenAIWorker.Jobs;
using OpenAIWorker.Limits;
using OpenAIWorker.Operations;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Storage.Records.Endings;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Web.Door;

/// <summary>Takes jobs in: reads them strictly, names them, gives them their tenant, and sends them.</summary>
sealed class JobEntry(JobSender sender, EndingSearch records, IOptionsMonitor<LimitsOptions> limits, TimeProvider clock)
{
    const int LongestShown = 60;

    static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    // A broker that is well confirms in milliseconds.
    static readonly TimeSpan BrokerTime = TimeSpan.FromSeconds(10);

    /// <summary>A job from the contract's JSON.</summary>
    /// <param name="operation">What is to be done.</param>
    /// <param name="json">The request.</param>
    /// <param name="key">The job's id where the request has none, such as an <c>Idempotency-Key</c>; null: a new
    /// one.</param>
    /// <param name="visitor">Who sends it.</param>
    /// <exception cref="FailureException">It does not fit the contract.</exception>
    public JobRequest Read(Operation operation, JsonElement json, string? key, Visitor visitor) =>
        Of(JobReading.Read(operation, json), key, visitor);

    /// <summary>The same of a request that is read.</summary>
    /// <exception cref="FailureException">A member is out of its bounds, or it is another tenant's.</exception>
    public JobRequest Of(JobRequest request, string? key, Visitor visitor)
    {
        var named = request with
        {
            JobId = request.JobId is { } own ? JobReading.Id(own)
            : key is not null ? JobReading.Id(key, "Idempotency-Key")
            : Guid.NewGuid().ToString(),
        };
        CommonCheck.Of(named);
        return visitor.Tenant is { } tenant ? WithTenant(named, tenant) : named;
    }

    /// <summary>Which record becomes a job's.</summary>
    public JobKey KeyOf(JobRequest job) =>
        RecordedJob.KeyOf(job.JobId!, limits.CurrentValue.TenantOf(job.Metadata))!.Value;

    /// <summary>
    /// Sends a job; completes when it is safe in the broker. One that is known is answered by the ending that it has.
    /// </summary>
    /// <exception cref="WebProblemException">Its id is another request's, or the broker does not take it.</exception>
    public async Task<JobKey> Send(JobRequest job, CancellationToken cancellation)
    {
        var key = KeyOf(job);
        if (await records.Request(key, cancellation) is { } known && !IsSame(job, known))
            throw Conflict(key, known).Thrown();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var timer = new CancellationTokenSource(BrokerTime, clock);
        await using var late = timer.Token.Register(patience.Cancel);
        try
        {
            await sender.Send(job, null, null, patience.Token);
            return key;
        }
        catch (Exception) when (timer.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw Away(key, "The broker did not take the job in time.").Thrown();
        }
        catch (Exception broken) when (BrokerConnectionFailure.IsOfBroker(broken))
        {
            throw Away(key, "The broker did not take the job.").Thrown();
        }
    }

    JobRequest WithTenant(JobRequest job, string tenant)
    {
        var at = limits.CurrentValue.Tenant!;
        if (job.Metadata?.GetValueOrDefault(at) is { } given && given != tenant)
            throw new FailureException(Failure.Invalid($"metadata.{at}",
                $"metadata.{at} is '{Excerpt.Marked(given, LongestShown)}', but the token is of the tenant "
                    + $"'{tenant}'. Leave it out."));
        return job with { Metadata = new Dictionary<string, string>(job.Metadata ?? None) { [at] = tenant } };
    }

    // The worker has the credential in the settings' spelling.
    static bool IsSame(JobRequest job, KnownRequest known)
    {
        var operation = OperationCatalog.For(job.GetType()).Name;
        var spelled = string.Equals(job.Credential, known.Credential, StringComparison.OrdinalIgnoreCase)
            ? job with { Credential = known.Credential }
            : job;
        return operation == known.Operation && RecordedJob.HashOf(operation, spelled) == known.Hash;
    }

    static WebProblem Conflict(JobKey key, KnownRequest known) => new(StatusCodes.Status409Conflict,
        FailureCodes.JobIdConflict,
        $"Another request has this id: a job of {known.Operation}, whose record is kept. Send this one under an id of "
            + "its own.")
    { Member = "jobId", JobId = key.Id };

    static WebProblem Away(JobKey key, string says) => new(StatusCodes.Status503ServiceUnavailable,
        "broker_unavailable", $"{says} Send it again in a moment with this jobId: it is run once.")
    { JobId = key.Id };
}
