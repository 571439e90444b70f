using OpenAIWorker.Contracts;

namespace OpenAIWorker.Web.Door.OpenApi;

/// <summary>The codes of the HTTP API's problems.</summary>
static class ProblemCodes
{
    public static readonly IReadOnlyList<string> All =
    [
        "bad_request", "broker_unavailable", "cross_origin", "digest_mismatch", "forbidden", "group_ended",
        FailureCodes.InvalidRequest, "job_ended", FailureCodes.JobIdConflict, FailureCodes.NotFound, "not_possible",
        FailureCodes.RateLimited, "several_tenants", FailureCodes.StoreRefused, FailureCodes.StoreUnavailable,
        "too_large", "unauthorized", "unknown_operation", FailureCodes.Unreadable, FailureCodes.WorkerError,
    ];
}
