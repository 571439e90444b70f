using OpenAIWorker.Health;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Web.Window.Live;

namespace OpenAIWorker.Web.Window.Overview;

/// <summary>The live workers, the status of each, and their totals.</summary>
sealed class LiveWorkers(WorkerList list, TickCache cache, TimeProvider clock)
{
    // Longer than until a worker counts as gone, because clocks differ.
    static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    public Task<IReadOnlyList<LiveWorker>> Read() => cache.Get<IReadOnlyList<LiveWorker>>("workers",
        async cancellation => [.. (await list.Read(cancellation))
            .Select(worker => new LiveWorker(worker, WorkerStatus.Read(worker.Status))).Where(Lives)]);

    bool Lives(LiveWorker worker) =>
        (worker.Status?.At ?? worker.Worker.StartedAt) > clock.GetUtcNow() - Silence;
}

/// <summary>A live worker.</summary>
/// <param name="Worker">Its entry in the register.</param>
/// <param name="Status">Its own status; null in its first seconds.</param>
sealed record LiveWorker(RegisteredWorker Worker, WorkerStatus? Status);

/// <summary>A limit, with the use by all workers.</summary>
sealed record SharedLimit(string Credential, string Group)
{
    public double? RequestsPerMinute { get; init; }

    public double? TokensPerMinute { get; init; }

    public double Requests { get; init; }

    public double Tokens { get; init; }

    public double Refused { get; init; }

    public int Running { get; init; }

    public int Waiting { get; init; }

    public TimeSpan PausedFor { get; init; }

    /// <summary>The used part of the limit in the last minute; of two limits, the fuller one.</summary>
    public double Used => Math.Max(Part(Requests, RequestsPerMinute), Part(Tokens, TokensPerMinute));

    /// <summary>The limits of all workers, the fullest first.</summary>
    public static IReadOnlyList<SharedLimit> Of(IEnumerable<LiveWorker> workers) =>
    [
        .. workers.SelectMany(worker => worker.Status?.Limits ?? [])
            .GroupBy(limit => (limit.Credential, limit.Group))
            .Select(same => new SharedLimit(same.Key.Credential, same.Key.Group)
            {
                RequestsPerMinute = same.Max(limit => limit.RequestsPerMinute),
                TokensPerMinute = same.Max(limit => limit.TokensPerMinute),
                Requests = same.Sum(limit => limit.Requests),
                Tokens = same.Sum(limit => limit.Tokens),
                Refused = same.Sum(limit => limit.Refused),
                Running = same.Sum(limit => limit.Running),
                Waiting = same.Sum(limit => limit.Waiting),
                PausedFor = TimeSpan.FromSeconds(same.Max(limit => limit.PausedFor)),
            })
            .OrderByDescending(limit => limit.Used).ThenByDescending(limit => limit.Running + limit.Requests)
            .ThenBy(limit => limit.Group, StringComparer.Ordinal),
    ];

    public static double Part(double used, double? limit) => limit is > 0 ? used / limit.Value : 0;
}

/// <summary>A credential, as its workers see it.</summary>
sealed record SharedCredential(string Name)
{
    public int Workers { get; init; }

    /// <summary>The number of workers where it is paused.</summary>
    public int PausedAt { get; init; }

    public DateTimeOffset? PausedSince { get; init; }

    public DateTimeOffset? NextProbe { get; init; }

    public string? Code { get; init; }

    public string? Message { get; init; }

    /// <summary>The credentials of all workers, the paused ones first.</summary>
    public static IReadOnlyList<SharedCredential> Of(IEnumerable<LiveWorker> workers) =>
    [
        .. workers.SelectMany(worker => worker.Status?.Credentials ?? [])
            .GroupBy(credential => credential.Name, StringComparer.OrdinalIgnoreCase)
            .Select(same =>
            {
                var paused = same.Where(credential => credential.PausedSince is not null).ToList();
                var first = paused.MinBy(credential => credential.PausedSince);
                return new SharedCredential(same.Key)
                {
                    Workers = same.Count(),
                    PausedAt = paused.Count,
                    PausedSince = first?.PausedSince,
                    NextProbe = paused.Min(credential => credential.NextProbe),
                    Code = first?.Code,
                    Message = first?.Message,
                };
            })
            .OrderByDescending(credential => credential.PausedAt)
            .ThenBy(credential => credential.Name, StringComparer.Ordinal),
    ];
}
