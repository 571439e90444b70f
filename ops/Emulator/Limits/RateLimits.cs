using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace OpenAIWorker.Emulator.Limits;

/// <summary>Limits by model, one bucket per API key and model. May be changed while calls run.</summary>
public sealed class RateLimits
{
    /// <summary>Stands for every model that has no limit of its own.</summary>
    public const string EveryModel = "*";

    readonly TimeProvider time;
    readonly ConcurrentDictionary<(string Key, string Model), Bucket> buckets = new();
    ImmutableDictionary<string, RateLimit> limits;

    internal RateLimits(IReadOnlyDictionary<string, RateLimit> limits, TimeProvider time)
    {
        this.limits = limits.ToImmutableDictionary(limit => limit.Key, limit => limit.Value.Checked());
        this.time = time;
    }

    /// <summary>Sets the limit of a model, or of <see cref="EveryModel"/>. All buckets start again, full.</summary>
    public void Set(string model, RateLimit limit)
    {
        ImmutableInterlocked.Update(ref limits, known => known.SetItem(model, limit.Checked()));
        buckets.Clear();
    }

    internal Admission Admit(string key, string model, int charge) =>
        BucketOf(key, model)?.Admit(charge) ?? new Admission(Allowance.Unlimited, Denial: null);

    internal Allowance Look(string key, string model) => BucketOf(key, model)?.Look() ?? Allowance.Unlimited;

    internal TokenCount? CountOf(string model) => LimitOf(model)?.Count;

    RateLimit? LimitOf(string model) => limits.GetValueOrDefault(model) ?? limits.GetValueOrDefault(EveryModel);

    Bucket? BucketOf(string key, string model)
    {
        var limit = LimitOf(model);
        return limit is null
            ? null
            : buckets.GetOrAdd((key, model), static (_, of) => new(of.limit, of.time), (limit, time));
    }
}
