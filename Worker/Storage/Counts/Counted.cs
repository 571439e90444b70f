namespace OpenAIWorker.Storage.Counts;

/// <summary>Jobs that have not ended.</summary>
/// <param name="Waiting">Jobs that wait in the broker, as far as a worker has seen them.</param>
/// <param name="Running">Jobs that a worker runs.</param>
sealed record OpenJobs(long Waiting, long Running);

/// <summary>Jobs that wait for the same reason.</summary>
/// <param name="Code">A failure code or a wait code; null if a worker has just returned them.</param>
/// <param name="Model">The model that they name.</param>
/// <param name="Credential">Their credential.</param>
/// <param name="Jobs">Their number.</param>
/// <param name="Next">When the first of them is delivered again.</param>
/// <param name="Last">When the last of them is delivered again.</param>
sealed record WaitCount(string? Code, string? Model, string Credential, long Jobs, DateTimeOffset? Next,
    DateTimeOffset? Last);

/// <summary>Endings of one minute. Minutes without endings are omitted.</summary>
/// <param name="Minute">The start of the minute.</param>
/// <param name="Completed">Jobs with a result.</param>
/// <param name="Failed">Jobs without one.</param>
sealed record MinuteCount(DateTimeOffset Minute, long Completed, long Failed);

/// <summary>Ended jobs of one model, tenant, credential, operation or hour.</summary>
/// <param name="Name">The name; for an hour, its start as <c>yyyy-MM-ddTHH</c>.</param>
/// <param name="Jobs">The number of ended jobs.</param>
/// <param name="Failed">The number of failed ones.</param>
/// <param name="InputTokens">Their input tokens.</param>
/// <param name="OutputTokens">Their output tokens.</param>
/// <param name="Cost">Their cost; 0 if nothing has a price.</param>
/// <param name="Currency">The currency of the cost; null if nothing has a price.</param>
sealed record SpendSum(string Name, long Jobs, long Failed, long InputTokens, long OutputTokens, double Cost,
    string? Currency);

/// <summary>Jobs that failed in the same way.</summary>
/// <param name="Code">The failure code.</param>
/// <param name="Operation">Their operation.</param>
/// <param name="Model">The model that they name.</param>
/// <param name="Jobs">Their number.</param>
/// <param name="Last">When the last of them was received.</param>
sealed record FailureCount(string Code, string Operation, string? Model, long Jobs, DateTimeOffset Last);

/// <summary>The grouping of <see cref="RecordCounts.Spend"/>.</summary>
enum SpendBy
{
    /// <summary>The model.</summary>
    Model,

    /// <summary>The tenant.</summary>
    Tenant,

    /// <summary>The credential.</summary>
    Credential,

    /// <summary>The operation.</summary>
    Operation,

    /// <summary>The hour.</summary>
    Hour,
}
