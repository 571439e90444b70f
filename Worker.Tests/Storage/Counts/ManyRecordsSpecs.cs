using System.Diagnostics;
using System.Globalization;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Groups;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Tests.Storage.Counts;

/// <summary>
/// Prints how long lists, look-ups and counts take among many records: <c>RECORDS=1000000</c> sets their number.
/// </summary>
public abstract class ManyRecordsContract : DatabaseContract
{
    const int AtOnce = 100_000;

    string Fill => $"""
        WITH RECURSIVE n(i) AS (SELECT @from UNION ALL SELECT i + 1 FROM n WHERE i + 1 < @to)
        INSERT INTO job_records (job_id, tenant, operation, model, credential, request_hash, replay, state, code,
            reason, wait_until, attempts, waits,
            input_tokens, output_tokens, cost, currency, received_at, changed_at, ended_at, ending, group_id, endings)
        SELECT 'job-' || i, CASE WHEN i % 3 = 0 THEN '' ELSE 'tenant-' || (i % 1000) END,
            CASE WHEN i % 10000 = 1 THEN 'transcribe-audio' ELSE 'message-model' END,
            'model-' || (i * 7 % 20), 'default', 'h' || i, '',
            CASE WHEN i % 10 = 9 THEN CASE WHEN i % 1000 = 9 THEN 'running' ELSE 'waiting' END WHEN i % 50 = 7
                THEN 'failed' ELSE 'completed' END,
            CASE WHEN i % 10 = 9 THEN 'rate_limited' WHEN i % 50 = 7 THEN 'code-' || (i % 9) END, NULL,
                CASE WHEN i % 10 = 9 THEN @now + i % 60000 END, 1, 0,
            100, 200, 0.001, 'USD', @now - (@rows - i) * @step, @now, CASE WHEN i % 10 = 9 THEN NULL
                ELSE @now - (@rows - i) * @step + 1000 END,
            CASE WHEN i % 10 = 9 THEN NULL ELSE {Blob} END, CASE WHEN i % 4 = 0
                THEN 'group-' || (i / 4000) END, 1 FROM n
        """;

    const string Sums = """
        INSERT INTO job_sums (hour, worker, tenant, credential, operation, model, jobs, failed, input_tokens,
            output_tokens, cost, currency)
        SELECT ended_at / 3600000, 'w', tenant, credential, operation, model, COUNT(*),
            COUNT(CASE WHEN state = 'failed' THEN 1 END), SUM(input_tokens),
            SUM(output_tokens), SUM(cost), 'USD' FROM job_records WHERE ended_at IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6
        """;

    const string Groups = """
        INSERT INTO job_groups (id, tenant, size, completed, failed, first_seen, changed_at)
        SELECT group_id, tenant, 1000, COUNT(*), 0, MIN(received_at), MAX(received_at) FROM job_records
            WHERE group_id IS NOT NULL GROUP BY 1, 2
        """;

    /// <summary>SQL for 600 bytes.</summary>
    private protected abstract string Blob { get; }

    /// <summary>What the database does by itself after a while.</summary>
    private protected abstract string? Upkeep { get; }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_and_counts_are_printed_with_what_they_take()
    {
        Assert.SkipUnless(int.TryParse(Environment.GetEnvironmentVariable("RECORDS"), CultureInfo.InvariantCulture,
            out var rows), "RECORDS=1000000 says how many.");
        var now = TimeProvider.System.GetUtcNow();
        await Database.Write(async session =>
        {
            // Records of a week. Each statement ends within a connection's usual timeout.
            for (var from = 0; from < rows; from += AtOnce)
                await session.Run(Fill, ("from", from), ("to", Math.Min(rows, from + AtOnce)), ("rows", rows),
                    ("now", now.ToUnixTimeMilliseconds()), ("step", Math.Max(1, 604_800_000 / rows)));
            await session.Run(Groups);
            return await session.Run(Sums);
        }, Cancellation);
        if (Upkeep is { } upkeep)
            await Database.Read(session => session.Run(upkeep), Cancellation);
        var (search, counts, groups) = (new RecordSearch(Database), new RecordCounts(Database),
            new RecordGroups(Database));
        var (hour, day) = (now.AddHours(-1), now.AddDays(-1));

        await Print("look-up by id", () => search.Find("job-500001", null, Cancellation));
        await Print("list", () => search.List(new(), 50, Cancellation));
        foreach (var state in JobStates.All)
            await Print($"list {state}", () => search.List(new() { State = state }, 50, Cancellation));
        await Print("list since an hour", () => search.List(new() { Since = hour }, 50, Cancellation));
        await Print("list tenant", () => search.List(new() { Tenant = "tenant-17" }, 50, Cancellation));
        await Print("list tenant waiting", () => search.List(new() { Tenant = "tenant-19", State = "waiting" }, 50,
            Cancellation));
        await Print("list model", () => search.List(new() { Model = "model-3" }, 50, Cancellation));
        await Print("list model completed", () =>
            search.List(new() { Model = "model-3", State = "completed" }, 50, Cancellation));
        await Print("list operation", () =>
            search.List(new() { Operation = "message-model" }, 50, Cancellation));
        await Print("list rare operation", () =>
            search.List(new() { Operation = "transcribe-audio" }, 50, Cancellation));
        await Print("list operation that none has", () =>
            search.List(new() { Operation = "generate-image" }, 50, Cancellation));
        await Print("list group failed", () =>
            search.List(new() { Group = "group-17", State = "failed" }, 50, Cancellation));
        await Print("list code", () => search.List(new() { Code = "code-7" }, 50, Cancellation));
        await Print("list group", () => search.List(new() { Group = "group-17" }, 50, Cancellation));
        await Print("list in the middle", () =>
            search.List(new() { After = new(now.AddDays(-3), "job-1") }, 50, Cancellation));
        await Print("open by state", () => counts.Open(null, Cancellation));
        await Print("open by state, of a tenant", () => counts.Open("tenant-19", Cancellation));
        await Print("waits by reason", () => counts.Waits(null, Cancellation));
        await Print("endings per minute, an hour", () => counts.PerMinute(hour, null, Cancellation));
        await Print("spend of a day by model", () => counts.Spend(SpendBy.Model, day, null, Cancellation));
        await Print("spend of a day by tenant", () => counts.Spend(SpendBy.Tenant, day, null, Cancellation));
        await Print("spend of a day by hour", () => counts.Spend(SpendBy.Hour, day, null, Cancellation));
        await Print("failures of a day", () => counts.Failures(day, null, Cancellation));
        await Print("p95 of five minutes", () => counts.Latency(0.95, now.AddMinutes(-5), null, Cancellation));
        var sums = new JobSums(Database, TimeProvider.System);
        foreach (var by in new[] { "operation", "model", "tenant", "group", "credential", "code", "day" })
            await Print($"stats by {by}", () => sums.By(by, new(), Cancellation));
        await Print("stats of a tenant by day", () => sums.By("day", new() { Tenant = "tenant-17" }, Cancellation));
        await Print("stats of an hour", () => sums.By("model", new() { Since = hour }, Cancellation));
        await Print("stats of failed jobs", () => sums.By("model", new() { State = "failed" }, Cancellation));
        await Print("stats of completed jobs", () => sums.By("model", new() { State = "completed" }, Cancellation));
        await Print("list text", () => search.List(new() { Text = "b-999" }, 50, Cancellation));
        await Print("list text that none has", () => search.List(new() { Text = "nothing" }, 50, Cancellation));
        await Print("list text of all", () => search.List(new() { Text = "nothing", Since = now.AddDays(-30) }, 50,
            Cancellation));
        await Print("list text of a tenant", () => search.List(new() { Text = "-5000", Tenant = "tenant-17" }, 50,
            Cancellation));
        await Print("list tenant failed", () =>
            search.List(new() { Tenant = "tenant-17", State = "failed" }, 50, Cancellation));
        await Print("list tenant code", () =>
            search.List(new() { Tenant = "tenant-17", Code = "code-7" }, 50, Cancellation));
        await Print("list tenant and its model", () =>
            search.List(new() { Tenant = "tenant-19", Model = "model-13" }, 50, Cancellation));
        await Print("list tenant and model, none", () =>
            search.List(new() { Tenant = "tenant-19", Model = "model-3" }, 50, Cancellation));
        await Print("list model failed", () =>
            search.List(new() { Model = "model-3", State = "failed" }, 50, Cancellation));
        await Print("list model and code, none", () =>
            search.List(new() { Model = "model-2", Code = "code-7" }, 50, Cancellation));
        await Print("list rare operation failed", () =>
            search.List(new() { Operation = "transcribe-audio", State = "failed" }, 50, Cancellation));
        await Print("list rare operation and model", () =>
            search.List(new() { Operation = "transcribe-audio", Model = "model-3" }, 50, Cancellation));
        await Print("list waiting of a model, none", () =>
            search.List(new() { Model = "model-4", State = "waiting" }, 50, Cancellation));
        await Print("list code and model, none", () =>
            search.List(new() { Code = "rate_limited", Model = "model-4" }, 50, Cancellation));
        await Print("list credential that none has", () =>
            search.List(new() { Credential = "other" }, 50, Cancellation));
        await Print("groups", () => groups.List(null, null, 50, Cancellation));
        await Print("group", () => groups.Find("group-17", null, Cancellation));
    }

    // The median of several runs. The first one has to read the file.
    async Task Print<T>(string what, Func<Task<T>> read)
    {
        var times = new List<double>();
        while (times.Count < 11)
        {
            var began = Stopwatch.GetTimestamp();
            await read();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Database.GetType().Name,-16} {what,-32} {times.Order().ElementAt(5),8:0.0} ms, "
                + $"at first {times[0]:0.0} ms"));
    }
}

public sealed class SqliteManyRecordsSpecs : ManyRecordsContract
{
    private protected override string Blob => "randomblob(600)";

    private protected override string? Upkeep => null;

    private protected override ITestDatabase Make() => new SqliteFile();
}

public sealed class PostgresManyRecordsSpecs(PostgresServer server) : ManyRecordsContract
{
    private protected override string Blob => "decode(repeat(md5(i::text), 37), 'hex')";

    private protected override string Upkeep => "VACUUM ANALYZE";

    private protected override ITestDatabase Make() => new PostgresTestDatabase(server);
}
