using System.Globalization;
using System.Runtime.CompilerServices;
using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Records.Endings;

/// <summary>Searches for new endings.</summary>
sealed class EndingSearch(Database database)
{
    // The limit of parameters in one statement.
    const int AtOnce = 500;

    const string Columns = $"{JobRecord.Columns}, ending_key, ending";

    /// <summary>The endings of those jobs that have ended.</summary>
    public Task<List<EndedRecord>> Of(IReadOnlyCollection<JobKey> jobs, CancellationToken cancellation) =>
        database.Read(async session =>
    {
        var (found, wanted) = (new List<EndedRecord>(), jobs.ToHashSet());
        foreach (var some in jobs.Select(job => job.Id).Distinct().Chunk(AtOnce))
            found.AddRange(await session.Rows(
                $"SELECT {Columns} FROM job_records WHERE ended_at IS NOT NULL AND job_id IN ({Names(some.Length)})",
                EndedRecord.Read, [.. some.Select((id, i) => (Name(i), (object?)id))]));
        return found.Where(ended => wanted.Contains(ended.Record.Key)).ToList();
    }, cancellation);

    /// <summary>The jobs that ended at a time or later, the oldest first.</summary>
    public async IAsyncEnumerable<JobRecord> From(DateTimeOffset since, int pageSize,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        JobRecord? last = null;
        while (true)
        {
            var page = await Page(since, last, pageSize, cancellation);
            foreach (var record in page)
                yield return record;
            if (page.Count < pageSize)
                yield break;
            last = page[^1];
        }
    }

    Task<List<JobRecord>> Page(DateTimeOffset since, JobRecord? after, int limit, CancellationToken cancellation) =>
        database.Read(session => session.Rows(
            $"""
            SELECT {JobRecord.Columns} FROM job_records
            WHERE ended_at >= @since {(after is null ? "" : "AND (ended_at > @since OR job_id > @job OR job_id = @job AND tenant > @tenant)")}
            ORDER BY ended_at, job_id, tenant LIMIT @limit
            """,
            JobRecord.Read,
            [
                ("since", (after?.EndedAt ?? since).ToUnixTimeMilliseconds()), ("limit", limit),
                .. after is null ? [] : new (string, object?)[] { ("job", after.Key.Id), ("tenant", after.Key.Tenant) },
            ]), cancellation);

    static string Names(int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => $"@{Name(i)}"));

    static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"j{index}");
}
