using OpenAIWorker.Contracts;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Web.Window.Jobs;
using OpenAIWorker.Web.Window.Parts;

namespace OpenAIWorker.Web.Window.Overview;

/// <summary>Why some jobs wait, in words.</summary>
/// <param name="Before">The words before the name.</param>
/// <param name="Name">The name that matters; may be empty.</param>
/// <param name="After">The words after it.</param>
/// <param name="Jobs">The number of jobs that wait for this.</param>
/// <param name="Next">When the first of them continues.</param>
/// <param name="Which">The query for these jobs.</param>
sealed record WaitReason(string Before, string Name, string After, long Jobs, DateTimeOffset? Next, JobQuery Which)
{
    /// <summary>Details, such as how full the limit is.</summary>
    public string? Detail { get; init; }

    public bool IsBad { get; init; }

    /// <summary>All reasons, the one with the most jobs first.</summary>
    public static IReadOnlyList<WaitReason> Of(IReadOnlyList<WaitCount> waits, IReadOnlyList<SharedLimit> limits,
        IReadOnlyList<SharedCredential> credentials) =>
    [
        .. waits.GroupBy(KeyOf)
            .Select(same => Of(same.Key, same.Sum(jobs => jobs.Jobs), same.Min(jobs => jobs.Next), limits,
                credentials))
            .OrderByDescending(reason => reason.Jobs),
    ];

    /// <summary>Why one job waits.</summary>
    public static WaitReason Of(JobRecord job) => Of(
        KeyOf(new(job.Code, job.Model, job.Credential, 1, job.WaitUntil, job.WaitUntil)), 1, job.WaitUntil, [], []);

    // The values on which the wait depends: a limit's model, a pause's credential.
    static (string? Code, string? Model, string? Credential) KeyOf(WaitCount jobs) => jobs.Code switch
    {
        FailureCodes.RateLimited => (jobs.Code, jobs.Model, null),
        WaitCodes.CredentialPaused => (jobs.Code, null, jobs.Credential),
        _ => (jobs.Code, null, null),
    };

    static WaitReason Of((string? Code, string? Model, string? Credential) key, long jobs, DateTimeOffset? next,
        IReadOnlyList<SharedLimit> limits, IReadOnlyList<SharedCredential> credentials)
    {
        var (code, model, credential) = key;
        var which = new JobQuery { State = JobStates.Waiting, Code = code };
        return code switch
        {
            FailureCodes.RateLimited => new("Rate limit of ", model ?? "calls without a model", "", jobs, next,
                which with { Model = model })
            {
                Detail = limits.Where(limit => limit.Group == model).MaxBy(limit => limit.Used) is { } limit
                    ? Full(limit)
                    : null,
            },
            WaitCodes.CredentialPaused => new("Credential ", credential!, " is paused", jobs, next,
                which with { Credential = credential })
            {
                Detail = credentials.FirstOrDefault(known => known.Name == credential)?.Message,
                IsBad = true,
            },
            WaitCodes.NotBefore => new("Their notBefore has not come", "", "", jobs, next, which),
            WaitCodes.Background => new("The provider works on them", "", "", jobs, next, which),
            WaitCodes.Tools => new("Functions that the model called have not answered", "", "", jobs, next, which),
            WaitCodes.Run => new("A run of the provider's assistants is not over", "", "", jobs, next, which),
            WaitCodes.VectorStore => new("The provider reads an assistant's files", "", "", jobs, next, which),
            null => new("Returned by a worker, and next in turn", "", "", jobs, next, which),
            FailureCodes.StoreUnavailable => new("A store of the workers is unavailable", "", "", jobs, next, which)
            {
                IsBad = true
            },
            _ => new("Next attempt after ", code, "", jobs, next, which),
        };
    }

    static string? Full(SharedLimit limit) => limit switch
    {
        { RequestsPerMinute: { } requests } when limit.Used <= SharedLimit.Part(limit.Requests, requests) =>
            $"{Words.Number(requests)} requests per minute, {Words.Percent(Math.Min(1, limit.Used))} used",
        { TokensPerMinute: { } tokens } =>
            $"{Words.Number(tokens)} tokens per minute, {Words.Percent(Math.Min(1, limit.Used))} used",
        _ => null,
    };
}
