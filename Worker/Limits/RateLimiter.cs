using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Limits.Estimates;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream.Credentials;

namespace OpenAIWorker.Limits;

/// <summary>
/// Decides before every call: keeps each credential and model within the provider's limit, and learns that limit from
/// the answers.
/// </summary>
sealed class RateLimiter : IDisposable
{
    const int LongestName = 256;

    readonly ConcurrentDictionary<LimitKey, LimitGroup> groups = new();
    readonly LimitMetrics metrics;
    readonly TimeProvider clock;
    volatile LimitsOptions options;
    volatile IReadOnlyList<LimitOrder> orders = [];
    int replicas = 1;

    public RateLimiter(IOptionsMonitor<LimitsOptions> options, LimitMetrics metrics, TimeProvider clock)
    {
        (this.options, this.metrics, this.clock) = (options.CurrentValue, metrics, clock);
        metrics.Watch(this);
        options.OnChange(Change);
    }

    /// <summary>The settings or the operators' limits have changed.</summary>
    public event Action? Changed;

    /// <summary>The groups that have had calls.</summary>
    public IEnumerable<KeyValuePair<LimitKey, LimitGroup>> Groups => groups;

    /// <summary>How many workers share the limits, this one included.</summary>
    public int Replicas
    {
        get => replicas;
        set
        {
            replicas = Math.Max(1, value);
            foreach (var group in groups.Values)
                group.Divide(replicas);
        }
    }

    /// <summary>Limits that operators set for the running workers. They override the settings.</summary>
    public void Obey(IReadOnlyList<LimitOrder> given)
    {
        orders = given;
        Renew();
    }

    /// <summary>The limit that applies to a job.</summary>
    public LimitKey KeyOf(JobRequest request, string? model)
    {
        var key = new LimitKey(request.Credential ?? CredentialOptions.Default, GroupOf(model ?? ""));
        return groups.ContainsKey(key) || HasRoomFor(key) ? key : key with { Group = ModelNames.Other };
    }

    /// <summary>The tenant of a job.</summary>
    public string TenantOf(JobRequest request) => TenantOf(request.Metadata);

    /// <inheritdoc cref="TenantOf(JobRequest)"/>
    public string TenantOf(IReadOnlyDictionary<string, string>? metadata) =>
        options.TenantOf(metadata);

    /// <summary>The number of a tenant's turns for each turn of the others.</summary>
    public int WeightOf(string tenant) => options.Tenants.TryGetValue(tenant, out var known) ? known.Weight : 1;

    /// <summary>
    /// Waits for the job's turn. Null: the wait would be too long, or jobs with earlier turns took its place.
    /// </summary>
    /// <param name="key">The limit.</param>
    /// <param name="request">The job's request.</param>
    /// <param name="patience">The longest wait.</param>
    /// <param name="company">The largest number of others like it that may wait.</param>
    /// <param name="end">Creates a token that ends the wait, if the job must wait.</param>
    /// <param name="cancellation">Ends the wait too.</param>
    /// <param name="stopping">Ends the wait too.</param>
    public async Task<RateLimitLease?> Wait(
        LimitKey key, JobRequest request, TimeSpan patience, int company, Func<CancellationToken>? end,
        CancellationToken cancellation, CancellationToken stopping)
    {
        var group = Group(key);
        var lease = await group.Wait(Call(group, request, patience, company) with { End = end }, cancellation,
            stopping);
        if (lease is not null)
            metrics.Held(key, lease.Waited);
        return lease;
    }

    /// <summary>Whether the limit or a refusal delays calls, not only other calls.</summary>
    public bool IsLimited(LimitKey key) => Group(key).IsLimited;

    /// <summary>How long a job of the tier flex must wait for spare capacity; 0 for other jobs.</summary>
    public TimeSpan FlexPause(LimitKey key, JobRequest request) =>
        request.IsFlex() ? Group(key).FlexPause : TimeSpan.Zero;

    /// <summary>Why the provider would refuse the job however long it waits; null if it would not.</summary>
    public Failure? NeverFits(LimitKey key, JobRequest request) =>
        request is MessageModel { MaxTokens: { } most } && Group(key).StatedTokens is > 0 and var limit
            && most > limit
            ? new(FailureKind.Permanent, FailureCodes.RequestTooLarge,
                $"maxTokens is {most}, but the model's limit is {limit:0} tokens per minute: the request could never "
                    + "pass. Lower maxTokens, or have the limit raised.", Remedy.Sender)
            { Member = "maxTokens" }
            : null;

    /// <summary>How long a new job would wait.</summary>
    public TimeSpan Ahead(LimitKey key, JobRequest request)
    {
        var group = Group(key);
        return group.Ahead(Call(group, request, TimeSpan.Zero, 0));
    }

    /// <summary>How many such jobs this process may call in a time; infinite if no limit is known.</summary>
    public double CallsIn(LimitKey key, JobRequest request, TimeSpan time)
    {
        var group = Group(key);
        var ((requests, tokens), each) = (group.PerMinute, Call(group, request, TimeSpan.Zero, 0).Spending);
        var perMinute = Math.Min(requests > 0 ? requests : double.PositiveInfinity,
            tokens > 0 ? tokens / Math.Max(1, each.Tokens) : double.PositiveInfinity);
        return perMinute / replicas * time.TotalMinutes;
    }

    public void Dispose()
    {
        foreach (var group in groups.Values)
            group.Dispose();
    }

    Waiting Call(LimitGroup group, JobRequest request, TimeSpan patience, int company)
    {
        var estimate = EstimateOf(group, request);
        var tenant = TenantOf(request);
        return new(tenant, estimate, group.SpendingOf(estimate), patience, company,
            Steady.Now(clock))
        { Weight = WeightOf(tenant) };
    }

    // Counting tokens takes time and memory, and is of use only near a limit that is stated in them.
    static TokenEstimate EstimateOf(LimitGroup group, JobRequest request)
    {
        if (!group.CountsTokens)
            return default;
        var rough = TokenEstimate.Roughly(request);
        return group.IsFarFor(rough) ? rough : TokenEstimate.Of(request);
    }

    LimitGroup Group(LimitKey key) => groups.GetOrAdd(key, static (key, limiter) => limiter.Make(key), this);

    bool HasRoomFor(LimitKey key) =>
        options.Groups.ContainsKey(key.Group) || key.Group.Length <= LongestName
            && (groups.Count < options.MaxGroups || Forget());

    // A call that is about to wait in a group that is dropped now still gets its turn there.
    bool Forget()
    {
        foreach (var group in groups)
        {
            if (group.Value.IsForgettable)
                groups.TryRemove(group);
        }
        return groups.Count < options.MaxGroups;
    }

    void Change(LimitsOptions changed)
    {
        options = changed;
        Renew();
    }

    void Renew()
    {
        foreach (var (key, group) in groups)
            group.Change(options, KnownOf(key));
        Changed?.Invoke();
    }

    LimitGroupOptions? KnownOf(LimitKey key) =>
        LimitOrder.Over(orders, key, options.Groups.GetValueOrDefault(key.Group));

    LimitGroup Make(LimitKey key)
    {
        var group = new LimitGroup(options, KnownOf(key), () => metrics.Throttled(key), clock,
            Random.Shared.NextDouble);
        group.Divide(replicas);
        return group;
    }

    string GroupOf(string model)
    {
        foreach (var (name, group) in options.Groups)
        {
            if (group.Has(model))
                return name;
        }
        return model;
    }
}

/// <summary>One limit: a credential's, for a model or a configured group of models.</summary>
readonly record struct LimitKey(string Credential, string Group);
