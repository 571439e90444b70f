namespace OpenAIWorker.Storage.Counts;

/// <summary>Jobs that have not ended.</summary>
/// <param name="Waiting">They wait in the broker, as far as a worker has seen them.</param>
/// <param name="Running">A worker has them in hand.</param>
sealed record OpenJobs(long Waiting, long Running);

/// <summary>Jobs that wait for the same.</summary>
/// <param name="Code">A failure code or a wait's; null where a worker has just given them back.</param>
/// <param name="Model">The model that they name.</param>
/// <param name="Credential">Their credential.</param>
/// <param name="Jobs">How many.</param>
/// <param name="Next">When the first of them comes up.</param>
/// <param name="Last">When the last of them does.</param>
sealed record WaitCount(string? Code, string? Model, string Credential, long Jobs, DateTimeOffset? Next,
    DateTimeOffset? Last);

/// <summary>Endings of one minute. A minute without any is left out.</summary>
/// <param name="Minute">Its beginning.</param>
/// <param name="Completed">Jobs with a result.</param>
/// <param name="Failed">Jobs without one.</param>
sealed record MinuteCount(DateTimeOffset Minute, long Completed, long Failed);

/// <summary>Ended jobs of one model, tenant, credential, operation or hour.</summary>
/// <param name="Name">Which; of hours the beginning as <c>yyyy-MM-ddTHH</c>.</param>
/// <param name="Jobs">How many ended.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="InputTokens">What they used.</param>
/// <param name="OutputTokens">The same of outputs.</param>
/// <param name="Cost">What it cost; 0 where nothing has a price.</param>
/// <param name="Currency">Of the cost; null where nothing has a price.</param>
sealed record SpendSum(string Name, long Jobs, long Failed, long InputTokens, long OutputTokens, double Cost,
    string? Currency);

/// <summary>Jobs that failed in the same way.</summary>
/// <param name="Code">The failure code.</param>
/// <param name="Operation">Their operation.</param>
/// <param name="Model">The model that they name.</param>
/// <param name="Jobs">How many.</param>
/// <param name="Last">When the last of them was received.</param>
sealed record FailureCount(string Code, string Operation, string? Model, long Jobs, DateTimeOffset Last);

/// <summary>What <see cref="RecordCounts.Spend"/> sums by.</summary>
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
