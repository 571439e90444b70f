using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Groups;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Tests.Storage.Groups;

/// <summary>What every database must do for groups of jobs.</summary>
public abstract class GroupContract : DatabaseContract
{
    static readonly GroupKey Group = new("g", "");

    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero));

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_group_ends_when_so_many_different_jobs_have_ended()
    {
        var worker = await Worker();
        foreach (var id in new[] { "a", "b", "b", "c" })
            await worker.Book.Claim(Job(id));
        await End(worker, "a");
        await End(worker, "b", "failed");
        await End(worker, "b", "failed");

        var half = await Whole();
        Assert.Equal((3, 1, 1, 1L, 0L, 0L), (half.Progress.Size, half.Progress.Completed, half.Progress.Failed,
            half.Running, half.Waiting, half.Unseen));
        Assert.Null(half.Progress.EndedAt);
        clock.Advance(TimeSpan.FromMinutes(1));
        await End(worker, "c");

        var whole = await Whole();
        Assert.Equal((2, 1, 20, 40, 1.0, "USD"), (whole.Progress.Completed, whole.Progress.Failed, whole.InputTokens,
            whole.OutputTokens, whole.Cost, whole.Currency));
        Assert.Equal((clock.GetUtcNow().AddMinutes(-1), clock.GetUtcNow()),
            (whole.Progress.FirstSeen, whole.Progress.EndedAt));
    }

    [Fact]
    public async Task Of_many_workers_none_miscounts_and_one_tells()
    {
        var workers = new[] { await Worker(), await Worker(), await Worker() };
        var ids = Enumerable.Range(0, 300).Select(number => $"j{number}").ToList();

        await Task.WhenAll(workers.SelectMany(worker => ids.Select(async id =>
        {
            if (await worker.Book.Claim(Job(id, 300)) is ClaimAnswer.Mine)
                await End(worker, id, size: 300);
        })));
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((300, true), (await Whole()).Progress is var progress
            ? (progress.Completed, progress.EndedAt is not null)
            : default);
        var told = await Task.WhenAll(workers.Select(worker => worker.Endings.Next(Cancellation)));
        Assert.Single(told.SelectMany(groups => groups));
    }

    [Fact]
    public async Task What_a_killed_worker_had_to_tell_is_told_by_another_and_what_was_told_is_not()
    {
        var (dead, heir) = (await Worker(), await Worker());
        await dead.Book.Claim(Job("a", 1));
        await End(dead, "a", size: 1);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await dead.Endings.Next(Cancellation));
        Assert.Empty(await heir.Endings.Next(Cancellation));

        await dead.Register.Leave(Cancellation);

        Assert.Equal(Group, Assert.Single(await heir.Endings.Next(Cancellation)).Progress.Key);
        await heir.Endings.Told(Group);
        await heir.Register.Leave(Cancellation);
        Assert.Empty(await (await Worker()).Endings.Next(Cancellation));
    }

    [Fact]
    public async Task A_job_that_begins_anew_is_not_counted_until_it_ends_again()
    {
        var worker = await Worker();
        await worker.Book.Claim(Job("a", 2));
        await End(worker, "a", "failed", 2);

        Assert.IsType<ClaimAnswer.Mine>(await worker.Book.Claim(Job("a", 2) with { Replay = "r" }));
        Assert.Equal(0, (await Whole()).Progress.Ended);
        await worker.Book.Claim(Job("b", 2));
        await End(worker, "b", size: 2);
        Assert.Null((await Whole()).Progress.EndedAt);
        await End(worker, "a", size: 2);

        Assert.Equal((2, 0), ((await Whole()).Progress.Completed, (await Whole()).Progress.Failed));
        Assert.NotNull((await Whole()).Progress.EndedAt);
    }

    [Fact]
    public async Task The_first_job_says_the_size_and_another_one_is_not_taken_up()
    {
        var (one, other) = (await Worker(), await Worker());
        await one.Book.Claim(Job("a"));

        foreach (var worker in new[] { one, other })
            Assert.Equal(new ClaimAnswer.OtherSize(3), await worker.Book.Claim(Job("b", 4)));

        Assert.Empty(await new RecordSearch(Database).Find("b", null, Cancellation));
        Assert.IsType<ClaimAnswer.Mine>(await one.Book.Claim(Job("b", 4) with
        {
            Key = new("b", "t"),
            Group = new(Group with { Tenant = "t" }, 4)
        }));
    }

    [Fact]
    public async Task A_group_that_was_purged_while_it_runs_is_counted_from_what_is_left()
    {
        var worker = await Worker();
        foreach (var id in new[] { "a", "b" })
            await worker.Book.Claim(Job(id, 2));
        await End(worker, "a", size: 2);
        await Database.Write(session => session.Run("DELETE FROM job_groups"), Cancellation);

        await End(worker, "b", size: 2);

        Assert.Equal((2, true), ((await Whole()).Progress.Completed, (await Whole()).Progress.EndedAt is not null));
    }

    [Fact]
    public async Task Lists_are_read_page_by_page_and_purged_groups_are_gone()
    {
        var worker = await Worker();
        foreach (var name in new[] { "one", "two", "three" })
        {
            await worker.Book.Claim(Job(name) with { Group = new(new(name, ""), 1) });
            if (name != "two")
                await worker.Book.End(new(name, ""), null, "message-model", Ended("completed"));
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        var page = await Groups.List(null, null, 2, Cancellation);
        var rest = await Groups.List("", new(page[1].FirstSeen, page[1].Key.Id), 2, Cancellation);
        Assert.Equal(["three", "two", "one"], page.Concat(rest).Select(group => group.Key.Id));
        Assert.Empty(await Groups.List("other", null, 2, Cancellation));

        Assert.Equal(1, await new RecordSearch(Database).Purge(new(null, null, "three"), Cancellation));
        Assert.Equal(0, await new RecordSearch(Database).Purge(new(null, null, "two"), Cancellation));
        Assert.Equal(["two", "one"], (await Groups.List(null, null, 9, Cancellation)).Select(group => group.Key.Id));
        clock.Advance(TimeSpan.FromDays(1));
        await new RecordSearch(Database).Sweep(clock.GetUtcNow(), Cancellation);
        Assert.Empty(await Groups.List(null, null, 9, Cancellation));
    }

    RecordGroups Groups => new(Database);

    async Task<WholeGroup> Whole() => Assert.Single(await Groups.Find("g", "", Cancellation));

    async Task<(RecordBook Book, WorkerRegister Register, GroupEndings Endings)> Worker()
    {
        var register = new WorkerRegister(Database, new NoStatus(), clock);
        await register.Enter();
        var writer = new RecordWriter(Database, register, new(Database, clock), clock);
        return (new(writer, register, new(Options.Create(new RecordsOptions()), StoreStatesOf.Test()), clock), register,
            new(Database, register, clock));
    }

    Task<ClaimAnswer.Ended?> End((RecordBook Book, WorkerRegister, GroupEndings) worker, string id,
        string state = "completed", int size = 3) =>
        worker.Book.End(new(id, ""), Job(id, size), "message-model", Ended(state));

    static JobEndingRecord Ended(string state) => state == "completed"
        ? new(state, "{}"u8.ToArray()) { InputTokens = 10, OutputTokens = 20, Cost = 0.5m, Currency = "USD" }
        : new(state, "{}"u8.ToArray()) { Code = "timeout" };

    ClaimedJob Job(string id, int size = 3) => new(new(id, ""), "message-model", "hash")
    {
        Credential = "default",
        Attempts = 1,
        ReceivedAt = clock.GetUtcNow(),
        Group = new(Group, size),
    };
}
