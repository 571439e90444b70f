using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using OpenAIWorker.Limits.Estimates;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Limits;

/// <summary>Metrics of the limits. Tags are the credential's name and the limit group.</summary>
sealed class LimitMetrics
{
    readonly Counter<long> throttled;
    readonly Counter<long> parked;
    readonly Histogram<double> hold;
    readonly Meter meter;
    readonly ModelNames models;
    readonly IOptionsMonitor<LimitsOptions> options;

    public LimitMetrics(WorkerMeter worker, ModelNames models, IOptionsMonitor<LimitsOptions> options)
    {
        (meter, this.models, this.options) = (worker.Meter, models, options);
        throttled = meter.CreateCounter<long>("openai_worker.limits.throttled", "{call}",
            "Calls that the provider refused because of a rate limit (429)");
        parked = meter.CreateCounter<long>("openai_worker.limits.parked", "{job}",
            "Jobs that went to a lane to wait for their turn");
        hold = meter.CreateHistogram<double>("openai_worker.limits.hold", "s",
            "How long calls waited in memory for their turn",
            advice: new() { HistogramBucketBoundaries = WorkerMeter.Short });
    }

    /// <summary>Adds the limiter's groups.</summary>
    public void Watch(RateLimiter limiter)
    {
        Gauge("openai_worker.limits.requests", "{request}/min", "The known limit of requests",
            groups => groups.Sum(group => group.PerMinute.Requests));
        Gauge("openai_worker.limits.tokens", "{token}/min", "The known limit of tokens",
            groups => groups.Sum(group => group.PerMinute.Tokens));
        Gauge("openai_worker.limits.utilization", "1",
            "The part of this worker's share of the limit that was used since the last collection; of two limits, the "
                + "fuller one",
            groups => groups.Max(group => group.TakeUtilization()));
        Gauge("openai_worker.limits.running", "{call}", "Calls that run",
            groups => groups.Sum(group => group.Load.Running));
        Gauge("openai_worker.limits.waiting", "{job}", "Jobs that wait in memory for their turn",
            groups => groups.Sum(group => group.Load.Waiting));

        void Gauge(string name, string unit, string description, Func<IEnumerable<LimitGroup>, double> read) =>
            meter.CreateObservableGauge(name,
            () =>
                limiter.Groups.GroupBy(group => Named(group.Key), group => group.Value)
                    .Select(same => new Measurement<double>(read(same), Tags(same.Key))), unit, description);
    }

    /// <summary>A call got its turn after waiting in memory.</summary>
    public void Held(LimitKey key, TimeSpan waited) => hold.Record(waited.TotalSeconds, Tags(key));

    public void Parked(LimitKey key) => parked.Add(1, Tags(key));

    public void Throttled(LimitKey key) => throttled.Add(1, Tags(key));

    KeyValuePair<string, object?>[] Tags(LimitKey key) =>
        [new("credential", key.Credential), new("group", Named(key).Group)];

    // A group for a single model has the model's name.
    LimitKey Named(LimitKey key) =>
        options.CurrentValue.Groups.ContainsKey(key.Group) ? key : key with { Group = models.Of(key.Group) };
}
