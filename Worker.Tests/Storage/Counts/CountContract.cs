using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Tests.Storage.Counts;

/// <summary>What every database must do for pages with counts.</summary>
public abstract class CountContract : DatabaseContract
{
    static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    readonly FakeTimeProvider clock = new(Noon);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    RecordCounts Counts => new(Database);

    [Fact]
    public async Task Open_jobs_are_counted_by_what_they_wait_for()
    {
        var (book, writer) = await Worker();
        foreach (var id in new[] { "a", "b", "c", "d" })
            await book.Claim(Job(id, id == "c" ? "other" : "m"));
        foreach (var (id, wait) in new[] { "a", "b", "c" }.Index().Select(pair => (pair.Item, pair.Index)))
            book.LetGo(new(id, "t"), new JobStep(JobStep.Wait, "rate_limited", null)
            {
                Until = Noon.AddMinutes(wait)
            });
        await writer.Idle;

        Assert.Equal(new OpenJobs(3, 1), await Counts.Open(null, Cancellation));
        Assert.Equal(new OpenJobs(0, 0), await Counts.Open("other", Cancellation));
        Assert.Equal(
            [
                new("rate_limited", "m", "default", 2, Noon, Noon.AddMinutes(1)),
                new("rate_limited", "other", "default", 1, Noon.AddMinutes(2), Noon.AddMinutes(2)),
            ],
            await Counts.Waits("t", Cancellation));
    }

    [Theory]
    [InlineData("DELETE FROM job_sums")]
    [InlineData("DELETE FROM job_sums WHERE hour = (SELECT MIN(hour) FROM job_sums)")]
    public async Task What_an_older_worker_recorded_without_sums_is_in_them_once(string asWritten)
    {
        var (book, _) = await Worker();
        await End(book, "a", "m");
        await End(book, "b", "m", "failed");
        clock.Advance(TimeSpan.FromHours(1));
        await End(book, "c", "n", cost: 2m);
        var before = await Counts.Spend(SpendBy.Model, Noon, "t", Cancellation);
        await Database.Write(async session =>
        {
            await session.Run(asWritten);
            await session.Run("DELETE FROM schema_steps WHERE taken = @last", ("last", (long)Schema.Count));
            return true;
        }, Cancellation);

        await using var newer = Again();

        Assert.Equal(2, before.Count);
        Assert.Equal(before, await new RecordCounts(newer).Spend(SpendBy.Model, Noon, "t", Cancellation));
    }

    [Fact]
    public async Task Endings_are_counted_by_the_minute_and_spend_by_what_is_asked_for()
    {
        var (book, _) = await Worker();
        await End(book, "a", "m");
        clock.Advance(TimeSpan.FromMinutes(1));
        await End(book, "b", "m", "failed");
        await End(book, "c", "n", cost: 2m);
        clock.Advance(TimeSpan.FromHours(1));
        await End(book, "d", "n", cost: 0.5m);

        Assert.Equal([new(Noon, 1, 0), new(Noon.AddMinutes(1), 1, 1), new(Noon.AddMinutes(61), 1, 0)],
            await Counts.PerMinute(Noon, null, Cancellation));
        Assert.Equal([new(Noon.AddMinutes(61), 1, 0)],
            await Counts.PerMinute(Noon.AddMinutes(30), "t", Cancellation));
        Assert.Equal([new("n", 2, 0, 20, 40, 2.5, "USD"), new("m", 2, 1, 20, 40, 1, "USD")],
            await Counts.Spend(SpendBy.Model, Noon, null, Cancellation));
        Assert.Equal([("2026-12-01T12", 3L), ("2026-12-01T13", 1L)],
            (await Counts.Spend(SpendBy.Hour, Noon, "t", Cancellation)).Select(sum => (sum.Name, sum.Jobs)));
        Assert.Equal("t", Assert.Single(await Counts.Spend(SpendBy.Tenant, Noon.AddHours(1), null, Cancellation)).Name);
        Assert.Empty(await Counts.Spend(SpendBy.Credential, Noon, "other", Cancellation));
    }

    [Fact]
    public async Task Failures_are_grouped_and_the_slow_share_of_what_completed_is_told()
    {
        var (book, _) = await Worker();
        foreach (var number in Enumerable.Range(1, 20))
        {
            await book.Claim(Job($"j{number}", "m") with { ReceivedAt = clock.GetUtcNow().AddSeconds(-number) });
            await End(book, $"j{number}", "m", claims: false);
        }
        await End(book, "bad", "m", "failed");
        await End(book, "worse", "m", "failed");

        Assert.Equal([new("timeout", "message-model", "m", 2, Noon)],
            await Counts.Failures(Noon, null, Cancellation));
        Assert.Empty(await Counts.Failures(Noon.AddSeconds(1), "t", Cancellation));
        Assert.Equal(TimeSpan.FromSeconds(19), await Counts.Latency(0.95, Noon, "t", Cancellation));
        Assert.Equal(TimeSpan.FromSeconds(10), await Counts.Latency(0.5, Noon, null, Cancellation));
        Assert.Null(await Counts.Latency(0.95, Noon, "other", Cancellation));
    }

    [Fact]
    public async Task Sums_go_with_the_records_that_they_are_of()
    {
        var (book, _) = await Worker();
        await End(book, "a", "m");
        clock.Advance(TimeSpan.FromDays(1));
        await End(book, "b", "m");

        await new RecordSearch(Database).Sweep(clock.GetUtcNow(), Cancellation);
        Assert.Equal(1, Assert.Single(await Counts.Spend(SpendBy.Model, Noon, null, Cancellation)).Jobs);
        await new RecordSearch(Database).Purge(new(null, "t"), Cancellation);
        Assert.Empty(await Counts.Spend(SpendBy.Model, Noon, null, Cancellation));
    }

    async Task<(RecordBook Book, RecordWriter Writer)> Worker()
    {
        var register = new WorkerRegister(Database, new NoStatus(), clock);
        await register.Enter();
        var writer = new RecordWriter(Database, register, new(Database, clock), clock);
        return (new(writer, register, new(Options.Create(new RecordsOptions()), StoreStatesOf.Test()), clock), writer);
    }

    async Task End(RecordBook book, string id, string model, string state = "completed", decimal cost = 0.5m,
        bool claims = true)
    {
        if (claims)
            await book.Claim(Job(id, model));
        await book.End(new(id, "t"), null, "message-model", new(state, "{}"u8.ToArray())
        {
            Code = state == "failed" ? "timeout" : null,
            InputTokens = 10,
            OutputTokens = 20,
            Cost = cost,
            Currency = "USD",
        });
    }

    ClaimedJob Job(string id, string model) => new(new(id, "t"), "message-model", "hash")
    {
        Credential = "default",
        Model = model,
        Attempts = 1,
        ReceivedAt = clock.GetUtcNow(),
    };
}
