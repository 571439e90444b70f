using OpenAIWorker.Health;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Web.Window.Live;

namespace OpenAIWorker.Web.Window.Overview;

/// <summary>The workers that live, with what each says of itself, and what that comes to for all.</summary>
sealed class LiveWorkers(WorkerList list, TickCache cache, TimeProvider clock)
{
    // Longer than a worker is taken for gone, for machines do not agree on the time.
    static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    public Task<IReadOnlyList<LiveWorker>> Read() => cache.Get<IReadOnlyList<LiveWorker>>("workers",
        async cancellation => [.. (await list.Read(cancellation))
            .Select(worker => new LiveWorker(worker, WorkerStatus.Read(worker.Status))).Where(Lives)]);

    bool Lives(LiveWorker worker) =>
        (worker.Status?.At ?? worker.Worker.StartedAt) > clock.GetUtcNow() - Silence;
}

/// <summary>A worker that lives.</summary>
/// <param name="Worker">As the register knows it.</param>
/// <param name="Status">What it says of itself; null in its first seconds.</param>
sealed record LiveWorker(RegisteredWorker Worker, WorkerStatus? Status);

/// <summary>A limit, as all workers together use it.</summary>
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

    /// <summary>What part of the limit was used in the last minute; of two limits, the fuller one.</summary>
    public double Used => Math.Max(Part(Requests, RequestsPerMinute), Part(Tokens, TokensPerMinute));

    /// <summary>The limits of all workers, first what is used most.</summary>
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

/// <summary>A credential, as the workers that have it see it.</summary>
sealed record SharedCredential(string Name)
{
    public int Workers { get; init; }

    /// <summary>At how many of them it is paused.</summary>
    public int PausedAt { get; init; }

    public DateTimeOffset? PausedSince { get; init; }

    public DateTimeOffset? NextProbe { get; init; }

    public string? Code { get; init; }

    public string? Message { get; init; }

    /// <summary>The credentials of all workers, first those that are paused.</summary>
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
