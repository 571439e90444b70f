using OpenAIWorker.Storage.Records;
using OpenAIWorker.Storage.Records.Endings;
using OpenAIWorker.Storage.Records.Entries;

namespace OpenAIWorker.Tests.Storage.Records;

/// <summary>A job is known as soon as it is accepted, and its ending can be found, in both databases.</summary>
public abstract class AcceptContract : ClaimContract
{
    AcceptedJobs Entries => new(Database, clock);

    EndingSearch Endings => new(Database);

    [Fact]
    public async Task A_job_that_was_taken_in_waits_until_a_worker_takes_it_up()
    {
        var known = await Entries.Add([Taken("j"), Taken("k")], Cancellation);

        Assert.All(known, one => Assert.Null(one));
        Assert.Equal(("waiting", null), await Found("j", record => (record.State, record.Code)));
        Assert.IsType<ClaimAnswer.Mine>(await Worker().Book.Claim(Job("j")));
        Assert.Equal("running", await Found("j", record => record.State));
        Assert.IsType<ClaimAnswer.OtherRequest>(
            await Worker().Book.Claim(Job("j") with { RequestHash = "other" }));
    }

    [Fact]
    public async Task Accepting_a_known_job_tells_what_is_there()
    {
        await Entries.Add([Taken("taken")], Cancellation);
        await Worker().Book.Claim(Job("run"));

        var known = await Entries.Add([Taken("run"), Taken("new"), Taken("taken", "other")], Cancellation);

        Assert.Equal(["running hash", "", "waiting ~hash"],
            known.Select(one => one is null ? "" : $"{one.State} {one.Hash}"));
    }

    [Fact]
    public async Task A_request_that_was_refused_as_invalid_leaves_its_id_to_the_one_that_is_mended()
    {
        var worker = Worker();
        await worker.Book.Claim(Job("j"));
        await worker.Book.End(Key("j"), Job("j"), "message-model",
            new(JobStates.Failed, Body) { Code = "invalid_request" });

        var same = await Entries.Add([Taken("j")], Cancellation);
        var mended = await Entries.Add([Taken("j", "mended")], Cancellation);

        Assert.Equal(("failed", null), (same[0]?.State, mended[0]));
        Assert.Equal(("waiting", null), await Found("j", record => (record.State, record.EndedAt)));
        Assert.Empty(await Endings.Of([Key("j")], Cancellation));
    }

    [Fact]
    public async Task What_was_not_sent_after_all_is_gone_and_what_a_worker_has_is_not()
    {
        await Entries.Add([Taken("j"), Taken("run")], Cancellation);
        await Worker().Book.Claim(Job("run"));

        await Entries.Remove(Key("j"));
        await Entries.Remove(Key("run"));

        Assert.Equal(["run"], (await new RecordSearch(Database).List(new(), 10, Cancellation))
            .Select(record => record.Key.Id));
    }

    [Fact]
    public async Task A_job_that_ends_before_it_was_taken_up_ends()
    {
        await Entries.Add([Taken("j")], Cancellation);

        await Worker().Book.End(Key("j"), Job("j"), "message-model",
            new(JobStates.Failed, Body) { Code = "cancelled" });

        Assert.Equal(("failed", "cancelled"), await Found("j", record => (record.State, record.Code)));
    }

    [Fact]
    public async Task Endings_are_found_by_their_jobs_and_from_a_time_on_page_by_page()
    {
        var worker = Worker();
        foreach (var id in new[] { "c", "a", "b" })
        {
            await worker.Book.Claim(Job(id));
            await worker.Book.End(Key(id), Job(id), "message-model", new(JobStates.Completed, Body));
        }
        await worker.Book.Claim(Job("runs"));

        Assert.Equal(["a", "c"], (await Endings.Of([Key("c"), Key("a"), Key("runs"), new("b", "red")], Cancellation))
            .Select(ended => ended.Record.Key.Id).Order());
        Assert.Equal(["a", "b", "c"], await From(clock.GetUtcNow()));
        Assert.Empty(await From(clock.GetUtcNow().AddMilliseconds(1)));
    }

    async Task<List<string>> From(DateTimeOffset since)
    {
        var found = new List<string>();
        await foreach (var record in Endings.From(since, 2, Cancellation))
            found.Add(record.Key.Id);
        return found;
    }

    static AcceptedJob Taken(string id, string hash = "hash") => new(Key(id), "message-model", "default", hash);

    [Fact]
    public async Task A_copy_of_a_job_that_lacks_a_step_gets_it_from_the_record()
    {
        var (one, other) = (Worker(), Worker());
        await one.Book.Claim(Job("j"));
        await one.Book.Advance(Key("j"), 2, "two"u8.ToArray());
        await one.Book.Advance(Key("j"), 1, "one"u8.ToArray());
        one.Book.LetGo(Key("j"));
        await one.Writer.Idle;

        var older = Assert.IsType<ClaimAnswer.Mine>(await other.Book.Claim(Job("j") with { Step = 1 }));
        var newest = Assert.IsType<ClaimAnswer.Mine>(await other.Book.Claim(Job("j") with { Step = 2 }));
        await other.Book.End(Key("j"), Job("j"), "message-model", Failed);
        var anew = Assert.IsType<ClaimAnswer.Mine>(await other.Book.Claim(Job("j") with { Replay = "r" }));

        Assert.Equal("two"u8.ToArray(), older.Progress);
        Assert.Null(newest.Progress);
        Assert.Null(anew.Progress);
    }
}
