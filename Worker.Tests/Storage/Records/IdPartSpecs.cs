using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Tests.Storage.Records;

/// <summary>No index finds a part of an id, so that a search for one has an end.</summary>
public abstract class IdPartContract : DatabaseContract
{
    const string Fill = """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @rows)
        INSERT INTO job_records (job_id, tenant, operation, credential, request_hash, replay, state, attempts, waits,
            received_at, changed_at)
        SELECT 'job-' || i, '', 'message-model', 'default', 'h', '', 'waiting', 0, 0, i, i FROM n
        """;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_part_of_an_id_is_found_among_the_newest_records_or_since_a_given_time()
    {
        var (search, part) = (new RecordSearch(Database), new JobFilter { Text = "b-7" });
        await Enter(RecordSearch.Searched);
        Assert.Equal(part, await search.Bounded(part, Cancellation));

        await Database.Write(session => session.Run("DELETE FROM job_records"), Cancellation);
        await Enter(RecordSearch.Searched + 100);

        var found = await search.List(part, 10_000, Cancellation);
        Assert.Contains("job-700", found.Select(record => record.Key.Id));
        Assert.DoesNotContain("job-77", found.Select(record => record.Key.Id));
        var all = await search.List(part with { Since = DateTimeOffset.UnixEpoch }, 10_000, Cancellation);
        Assert.Contains("job-77", all.Select(record => record.Key.Id));
        Assert.Equal(new() { State = "waiting" }, await search.Bounded(new() { State = "waiting" }, Cancellation));
    }

    Task<int> Enter(int rows) => Database.Write(session => session.Run(Fill, ("rows", rows)), Cancellation);
}

public sealed class SqliteIdPartSpecs : IdPartContract
{
    private protected override ITestDatabase Make() => new SqliteFile();
}

public sealed class PostgresIdPartSpecs(PostgresServer server) : IdPartContract
{
    private protected override ITestDatabase Make() => new PostgresTestDatabase(server);
}
