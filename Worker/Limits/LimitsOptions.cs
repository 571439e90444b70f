using Microsoft.Extensions.Options;
using OpenAIWorker.Limits.Estimates;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Limits;

/// <summary>
/// The section <c>Limits</c>: how fast calls are made. Limits that are not set are learnt from the provider's answers.
/// </summary>
sealed record LimitsOptions
{
    /// <summary>
    /// How much of a limit may be used at once, as time: with 600 calls per minute, 1 second allows 10 calls.
    /// </summary>
    [Allowed("00:00:00.1", "00:01:00")]
    public TimeSpan Burst { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The part of a provider's limit that this worker and its replicas use together. Less than 1 leaves the rest to
    /// others.
    /// </summary>
    [Allowed(0.01, 1.0)]
    public double Share { get; init; } = 1;

    /// <summary>
    /// How long a job may wait in memory for its turn. A job with a longer wait moves to a queue of its model, where it
    /// does not delay others.
    /// </summary>
    [Allowed("00:00:00", "00:01:00")]
    public TimeSpan MaxHold { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The key in a job's <c>metadata</c> that names its tenant. Tenants take turns, however many jobs each has. Empty:
    /// all jobs belong to one tenant.
    /// </summary>
    public string? Tenant { get; init; }

    /// <summary>The minimum of concurrent calls of one limit group, however slow its answers become.</summary>
    [Allowed(1, 2000)]
    public int MinConcurrency { get; init; } = 8;

    /// <summary>The maximum of concurrent calls of one limit group, while its answers stay as fast as before.</summary>
    [Allowed(1, 2000)]
    public int MaxConcurrency { get; init; } = 2000;

    /// <summary>
    /// How many limit groups a worker distinguishes at once, and how many lanes in 31 days. Further ones share one,
    /// because senders can invent names of models and tenants.
    /// </summary>
    [Allowed(1, 10_000)]
    public int MaxGroups { get; init; } = 500;

    /// <summary>Tenants that have more turns than others.</summary>
    public IReadOnlyDictionary<string, LimitTenantOptions> Tenants { get; init; } =
        new Dictionary<string, LimitTenantOptions>();

    /// <summary>Models that share a limit, or whose limit is known from the start.</summary>
    public IReadOnlyDictionary<string, LimitGroupOptions> Groups { get; init; } =
        new Dictionary<string, LimitGroupOptions>();

    /// <summary>The tenant of a job; empty if jobs have no tenants, or this one has none.</summary>
    internal string TenantOf(IReadOnlyDictionary<string, string>? metadata) =>
        Tenant is { Length: > 0 } key && metadata?.GetValueOrDefault(key) is { } tenant ? tenant : "";
}

/// <summary>
/// The sections <c>Limits:Tenants:NAME</c>: a tenant, by the value in its jobs' metadata at
/// <see cref="LimitsOptions.Tenant"/>.
/// </summary>
sealed record LimitTenantOptions
{
    /// <summary>The number of the tenant's turns for each turn of a tenant that is not named here.</summary>
    [Allowed(1, 1000)]
    public int Weight { get; init; } = 1;
}

/// <summary>
/// The sections <c>Limits:Groups:NAME</c>: models that share a limit. Each credential has its own budget for them.
/// </summary>
sealed record LimitGroupOptions
{
    /// <summary>The models, joined by commas; a <c>*</c> at the end of a name matches anything.</summary>
    public string? Models { get; init; }

    /// <summary>Requests per minute. Empty: learnt from the provider.</summary>
    [Allowed(1, 1_000_000_000)]
    public long? RequestsPerMinute { get; init; }

    /// <summary>Tokens per minute. Empty: learnt from the provider.</summary>
    [Allowed(1, 1_000_000_000_000)]
    public long? TokensPerMinute { get; init; }

    public bool Has(string model) => NameList.Has(Models, model);
}

[OptionsValidator]
sealed partial class LimitsOptionsValidator : IValidateOptions<LimitsOptions>;
