using System.Text;
using Microsoft.Extensions.Options;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Tests.Storage;

namespace OpenAIWorker.Tests.Web.Window;

/// <summary>Records in the form that workers write.</summary>
sealed class Seed(string path) : IAsyncDisposable
{
    const string Insert = """
        INSERT INTO job_records (job_id, tenant, operation, model, credential, request_hash, replay, state, code, reason, wait_until, attempts, waits, input_tokens,
            output_tokens, cost, currency, received_at, changed_at, ended_at, request, ending)
        """;

    readonly SqliteDatabase database = new(Options.Create(new StorageOptions { Path = path }), StoreStatesOf.Test(),
        TimeProvider.System);

    public DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>One job.</summary>
    public Task Job(SeededJob job) => Write(session => session.Run(
        $"""
        {Insert} VALUES (@id, @tenant, @operation, @model, @credential, '', '', @state, @code, @reason, @until, @attempts, @waits, @input,
            @output, @cost, 'USD', @received, @changed, @ended, @request, @ending)
        """,
        ("id", job.Id), ("tenant", job.Tenant), ("operation", job.Operation), ("model", job.Model),
        ("credential", job.Credential), ("state", job.State), ("code", job.Code), ("reason", job.Reason),
        ("until", Milliseconds(job.Until)), ("attempts", job.Attempts), ("waits", job.Waits), ("input", job.Input),
        ("output", job.Output), ("cost", job.Cost), ("received", Milliseconds(job.Received ?? Now)),
        ("changed", Milliseconds(job.Ended ?? Now)), ("ended", Milliseconds(job.Ended)),
        ("request", Bytes(job.Request)), ("ending", Bytes(job.Ending))));

    /// <summary>Many similar jobs that wait.</summary>
    public Task Waiting(int many, string code, string model, string credential, TimeSpan until) =>
        Many(many, code, "waiting", model, credential, $"@now + {(long)until.TotalMilliseconds}", "NULL", "NULL");

    /// <summary>Many similar jobs that run.</summary>
    public Task Running(int many, string model) =>
        Many(many, "run", "running", model, "default", "NULL", "NULL", "NULL");

    /// <summary>Many similar jobs that completed in the last hours, most of them recently.</summary>
    public Task Completed(int many, string model, double cost, TimeSpan within) => Many(many, "done", "completed",
        model, "default", "NULL",
        FormattableString.Invariant(
            $"@now - n * {(long)(within.TotalMilliseconds / many)} - ABS(RANDOM() % 240000)"),
        FormattableString.Invariant($"{cost}"));

    /// <summary>The sums of all ended jobs, as workers store them.</summary>
    public Task Sums() => Run("""
        INSERT INTO job_sums (hour, worker, tenant, credential, operation, model, jobs, failed, input_tokens, output_tokens, cost, currency)
        SELECT ended_at / 3600000, 'w', tenant, credential, operation, model, COUNT(*), COUNT(CASE WHEN state = 'failed' THEN 1 END), SUM(COALESCE(input_tokens, 0)),
            SUM(COALESCE(output_tokens, 0)), SUM(COALESCE(cost, 0)), 'USD' FROM job_records WHERE ended_at IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6
        """);

    /// <summary>An event in a job's life.</summary>
    public Task Step(string id, string tenant, DateTimeOffset at, string kind, string code, string? reason,
        DateTimeOffset? until = null) => Write(session => session.Run(
            """
            INSERT INTO job_steps (job_id, tenant, kind, code, reason, at, wait_until)
            VALUES (@id, @tenant, @kind, @code, @reason, @at, @until)
            """,
            ("id", id), ("tenant", tenant), ("kind", kind), ("code", code), ("reason", reason),
            ("at", Milliseconds(at)), ("until", Milliseconds(until))));

    /// <summary>A worker in the register.</summary>
    public Task Worker(string host, string status) => Write(session => session.Run(
        "INSERT INTO workers (id, host, started_at, beat, status) VALUES (@id, @host, @started, 1, @status)",
        ("id", Guid.NewGuid().ToString("N")), ("host", host),
        ("started", Milliseconds(Now - TimeSpan.FromHours(30))), ("status", status)));

    /// <summary>Runs any statement.</summary>
    public Task Run(string sql) => Write(session => session.Run(sql));

    public ValueTask DisposeAsync() => database.DisposeAsync();

    Task<int> Many(int many, string name, string state, string model, string credential, string until, string ended,
        string cost) => Write(session => session.Run(
            $"""
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {many})
            , times (n, ended) AS MATERIALIZED (SELECT n, {ended} FROM numbers)
            {Insert} SELECT '{name}-{model}-' || n, '', 'message-model', @model, @credential, '', '', @state, @code, NULL, {until}, 1, 0, 900, 120, {cost}, 'USD',
                COALESCE(ended, @now) - 1100 - ABS(RANDOM() % 3000), @now, ended, NULL, NULL FROM times
            """,
            ("model", model), ("credential", credential), ("state", state),
            ("code", state == "waiting" ? name : null), ("now", Now.ToUnixTimeMilliseconds())));

    Task<int> Write(Func<Session, Task<int>> write) => database.Write(write, Cancellation);

    static long? Milliseconds(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

    static byte[]? Bytes(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);
}

/// <summary>A job as in its record.</summary>
sealed record SeededJob(string Id, string State)
{
    public string Tenant { get; init; } = "";

    public string Operation { get; init; } = "message-model";

    public string? Model { get; init; } = "gpt-6-mini";

    public string Credential { get; init; } = "default";

    public string? Code { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset? Until { get; init; }

    public long Attempts { get; init; } = 1;

    public long Waits { get; init; }

    public long? Input { get; init; }

    public long? Output { get; init; }

    public double? Cost { get; init; }

    public DateTimeOffset? Received { get; init; }

    public DateTimeOffset? Ended { get; init; }

    public string? Request { get; init; }

    public string? Ending { get; init; }
}
