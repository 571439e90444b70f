using System.Globalization;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Web.Window.Live;

namespace OpenAIWorker.Web.Window.Overview;

/// <summary>The data of the overview, of one tenant's jobs or of all.</summary>
sealed class OverviewReading(RecordCounts counts, RecordSearch search, LiveWorkers workers, TickCache cache,
    TimeProvider clock)
{
    const int LastFailures = 5;
    const int MinutesShown = 60;
    const int HoursShown = 24;
    static readonly TimeSpan LatencyOver = TimeSpan.FromMinutes(5);
    static readonly TimeSpan Day = TimeSpan.FromDays(1);
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // A day's numbers change slowly, and take longer to read.
    static readonly TimeSpan SlowTick = TimeSpan.FromSeconds(30);

    public Task<OverviewNow> Read(string? tenant) =>
        cache.Get($"overview {tenant}", cancellation => Read(tenant, cancellation));

    async Task<OverviewNow> Read(string? tenant, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var living = await workers.Read();
        var (limits, credentials) = (SharedLimit.Of(living), SharedCredential.Of(living));
        return new(now)
        {
            Workers = living,
            Limits = limits,
            Credentials = credentials,
            Running = (await counts.Open(tenant, cancellation)).Running,
            Waiting = WaitReason.Of(await counts.Waits(tenant, cancellation), limits, credentials),
            Minutes = Filled(await counts.PerMinute(Floor(now, Minute) - Hour, tenant, cancellation), now),
            P95 = await counts.Latency(0.95, now - LatencyOver, tenant, cancellation),
            Failures = await search.List(new() { State = JobStates.Failed, Tenant = tenant }, LastFailures,
                cancellation),
            Slow = await cache.Get($"overview, slow {tenant}", later => ReadSlow(tenant, later), SlowTick),
        };
    }

    async Task<SlowNow> ReadSlow(string? tenant, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var hours = (await counts.Spend(SpendBy.Hour, today - Day, tenant, cancellation)).ToDictionary(sum => sum.Name);
        var day = Enumerable.Range(0, HoursShown).Select(index => Floor(now, Hour) - (HoursShown - 1 - index) * Hour)
            .Select(hour => hours.GetValueOrDefault(Name(hour)) is { } sum
                ? new MinuteCount(hour, sum.Jobs - sum.Failed, sum.Failed)
                : new(hour, 0, 0));
        var yesterday = hours.Values.Where(sum => string.CompareOrdinal(sum.Name, Name(today)) < 0);
        var lastHour = hours.GetValueOrDefault(Name(now - Hour))?.Cost ?? 0;
        return new([.. day], await counts.Spend(SpendBy.Model, today, tenant, cancellation),
            yesterday.Sum(sum => sum.Cost), lastHour * (today + Day - now).TotalHours);
    }

    static string Name(DateTimeOffset hour) => hour.UtcDateTime.ToString("yyyy-MM-ddTHH", CultureInfo.InvariantCulture);

    static DateTimeOffset Floor(DateTimeOffset at, TimeSpan slot) =>
        new(at.UtcTicks - at.UtcTicks % slot.Ticks, TimeSpan.Zero);

    // Adds the minutes in which nothing ended; the last one is not complete.
    static List<MinuteCount> Filled(IReadOnlyList<MinuteCount> counted, DateTimeOffset now)
    {
        var known = counted.ToDictionary(count => count.Minute);
        return [.. Enumerable.Range(0, MinutesShown)
            .Select(index => Floor(now, Minute) - (MinutesShown - 1 - index) * Minute)
            .Select(minute => known.GetValueOrDefault(minute) ?? new(minute, 0, 0))];
    }
}

/// <summary>The data of the overview.</summary>
/// <param name="At">The time of the data.</param>
sealed record OverviewNow(DateTimeOffset At)
{
    public IReadOnlyList<LiveWorker> Workers { get; init; } = [];

    public IReadOnlyList<SharedLimit> Limits { get; init; } = [];

    public IReadOnlyList<SharedCredential> Credentials { get; init; } = [];

    public long Running { get; init; }

    public IReadOnlyList<WaitReason> Waiting { get; init; } = [];

    /// <summary>The last hour by minutes; the last minute is not complete.</summary>
    public IReadOnlyList<MinuteCount> Minutes { get; init; } = [];

    /// <summary>The 95th percentile of the durations in the last minutes.</summary>
    public TimeSpan? P95 { get; init; }

    public IReadOnlyList<JobRecord> Failures { get; init; } = [];

    public required SlowNow Slow { get; init; }

    /// <summary>The last complete minute.</summary>
    public MinuteCount LastMinute => Minutes[^2];

    public bool IsEmpty => Running == 0 && Waiting.Count == 0 && Failures.Count == 0
        && Slow.Hours.All(hour => hour.Completed + hour.Failed == 0);

    /// <summary>The part of the jobs that failed in the last hour; null if none ended.</summary>
    public double? FailedPart => Minutes.Sum(minute => minute.Completed + minute.Failed) is > 0 and var ended
        ? (double)Minutes.Sum(minute => minute.Failed) / ended
        : null;
}

/// <summary>Data that are read less often.</summary>
/// <param name="Hours">The last day by hours; the last hour is not complete.</param>
/// <param name="Today">Today's cost by model.</param>
/// <param name="Yesterday">Yesterday's cost.</param>
/// <param name="Rest">The expected cost of the rest of the day, at the rate of the last full hour.</param>
sealed record SlowNow(
    IReadOnlyList<MinuteCount> Hours, IReadOnlyList<SpendSum> Today, double Yesterday, double Rest)
{
    public double Spent => Today.Sum(model => model.Cost);

    public string? Currency => Today.Select(model => model.Currency).FirstOrDefault(currency => currency is not null);
}
