using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Limits;

/// <summary>Stands before every call: it holds each credential and model to the provider's limit, and learns that limit from the answers.</summary>
sealed class RateLimiter : IDisposable
{
    readonly ConcurrentDictionary<LimitKey, LimitGroup> groups = new();
    readonly LimitsOptions options;
    readonly TimeProvider clock;
    int replicas = 1;

    public RateLimiter(IOptions<LimitsOptions> options, OpenAIClients clients, TimeProvider clock)
    {
        (this.options, this.clock) = (options.Value, clock);
        clients.Answered += Observe;
    }

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

    /// <summary>Which limit a job comes under.</summary>
    public LimitKey KeyOf(JobRequest request, string? model) =>
        new(request.Credential ?? CredentialOptions.Default, GroupNamed(model ?? "").Name);

    /// <summary>Whose job it is.</summary>
    public string TenantOf(JobRequest request) =>
        options.Tenant is { Length: > 0 } key && request.Metadata?.GetValueOrDefault(key) is { } tenant ? tenant : "";

    /// <summary>Waits for the job's turn, as long as it will. Null: it would be longer.</summary>
    public Task<Turn?> Wait(LimitKey key, JobRequest request, double tokens, TimeSpan patience, CancellationToken cancellation) =>
        Group(key).Wait(Call(request, tokens, patience), cancellation);

    /// <summary>How long a job that comes now would have to wait.</summary>
    public TimeSpan Ahead(LimitKey key, JobRequest request, double tokens) => Group(key).Ahead(Call(request, tokens, TimeSpan.Zero));

    public void Dispose()
    {
        foreach (var group in groups.Values)
            group.Dispose();
    }

    Waiting Call(JobRequest request, double tokens, TimeSpan patience) => new(request.JobId!, TenantOf(request), new(1, tokens), patience, clock.GetUtcNow());

    void Observe(AnsweredCall answered)
    {
        if (groups.TryGetValue(KeyOf(answered.Request, answered.Model), out var group))
            group.Observe(answered.Request.JobId!, answered.Limits);
    }

    LimitGroup Group(LimitKey key) => groups.GetOrAdd(key, static (key, limiter) => limiter.Make(key), this);

    LimitGroup Make(LimitKey key)
    {
        var group = new LimitGroup(options, options.Groups.GetValueOrDefault(key.Group), clock, Random.Shared.NextDouble);
        group.Divide(replicas);
        return group;
    }

    (string Name, LimitGroupOptions? Known) GroupNamed(string model)
    {
        foreach (var (name, known) in options.Groups)
        {
            if (known.Has(model))
                return (name, known);
        }
        return (model, null);
    }
}

/// <summary>One limit: a credential's, for a model or a configured group of models.</summary>
readonly record struct LimitKey(string Credential, string Group);
