using OpenAIWorker.Jobs;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Tests.Storage.Records;

/// <summary>What every database must do for records.</summary>
public abstract class RecordContract : AcceptContract
{
    [Fact]
    public async Task Another_request_under_the_same_id_is_told_apart_and_changes_nothing()
    {
        var worker = Worker();
        await worker.Book.Claim(Job("j"));

        Assert.Equal("message-model",
            Assert.IsType<ClaimAnswer.OtherRequest>(
                await worker.Book.Claim(Job("j") with { RequestHash = "other" })).Operation);
        await worker.Book.End(Key("j"), Job("j"), "message-model", Ending);
        Assert.IsType<ClaimAnswer.OtherRequest>(
            await worker.Book.Claim(Job("j") with { RequestHash = "other", Replay = "r" }));
    }

    [Fact]
    public async Task What_the_database_refuses_takes_nothing_else_with_it()
    {
        var worker = Worker();

        var bad = worker.Book.Claim(Job("bad\0"));
        var good = Enumerable.Range(0, 20).Select(number => worker.Book.Claim(Job($"j{number}"))).ToList();

        Assert.All(await Task.WhenAll(good), answer => Assert.IsType<ClaimAnswer.Mine>(answer));
        await bad.ContinueWith(_ => true, TaskScheduler.Default);
    }

    [Fact]
    public async Task Lists_go_on_page_by_page_and_take_what_the_filter_says()
    {
        var worker = Worker();
        foreach (var number in Enumerable.Range(0, 5))
        {
            await worker.Book.Claim(Job($"j_{number}") with
            {
                ReceivedAt = clock.GetUtcNow().AddMinutes(number / 2),
                Model = number == 3 ? "other" : "m"
            });
            if (number > 2)
                await worker.Book.End(Key($"j_{number}"), Job($"j_{number}"), "message-model",
                    number == 3 ? Failed : Ending);
        }

        var (pages, mark) = (new List<string>(), (JobMark?)null);
        while (await Search.List(new() { After = mark }, 2, Cancellation) is { Count: > 0 } page)
        {
            pages.Add(string.Join(' ', page.Select(record => record.Key.Id)));
            mark = new(page[^1].ReceivedAt, page[^1].Key.Id);
        }

        Assert.Equal("j_4 j_3|j_2 j_1|j_0", string.Join('|', pages));
        Assert.Equal("j_3", await Ids(new() { State = "failed" }));
        Assert.Equal("j_2 j_1 j_0", await Ids(new() { State = "running" }));
        Assert.Equal("j_3", await Ids(new() { Model = "other" }));
        Assert.Equal("j_3", await Ids(new() { Code = "timeout", Operation = "message-model", Tenant = "" }));
        Assert.Equal("j_4", await Ids(new() { Text = "_4" }));
        Assert.Equal("", await Ids(new() { Text = "j%4" }));
        Assert.Equal("", await Ids(new() { Text = "J_4" }));
        Assert.Equal("j_4 j_3 j_2", await Ids(new() { Since = clock.GetUtcNow().AddMinutes(1) }));
    }

    [Fact]
    public async Task Sums_tell_what_was_used_by_any_of_the_ways_to_ask()
    {
        var worker = Worker();
        foreach (var id in new[] { "a", "b" })
        {
            await worker.Book.Claim(Job(id));
            await worker.Book.End(Key(id), Job(id), "message-model", id == "a" ? Ending : Failed);
        }
        await worker.Book.Claim(Job("c") with { Model = null });

        Assert.Equal([new("", 1, 0, 0, 0, 0, null, null), new("m", 2, 1, 1, 10, 20, 0.5, "USD")],
            await Sums.By("model", new(), Cancellation));
        Assert.Equal("2026-12-01", Assert.Single(await Sums.By("day", new(), Cancellation)).Name);
        Assert.Equal(("message-model", 3), Assert.Single(await Sums.By("operation", new(), Cancellation)) is var sum
            ? (sum.Name, sum.Jobs)
            : default);
        Assert.Equal([new("timeout", 1, 0, 1, 0, 0, null, null)], await Sums.By("code", new(), Cancellation));
        Assert.Equal([new("m", 1, 0, 1, 0, 0, null, null)],
            await Sums.By("model", new() { State = "failed" }, Cancellation));
        foreach (var since in new[] { TimeSpan.FromHours(1), TimeSpan.FromDays(2) })
            Assert.Equal(3, Assert.Single(
                await Sums.By("operation", new() { Since = clock.GetUtcNow() - since }, Cancellation)).Jobs);
        clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal([], await Sums.By("operation", new() { Since = clock.GetUtcNow().AddDays(-2) }, Cancellation));
    }

    [Fact]
    public async Task People_find_jobs_and_what_was_spent_in_views()
    {
        var worker = Worker();
        await worker.Book.Claim(Job("j"));
        await worker.Book.End(Key("j"), Job("j"), "message-model", Ending);

        Assert.StartsWith("2026-12-01",
            await Database.Read(session =>
                session.Row("SELECT CAST(ended_at AS TEXT) FROM jobs WHERE job_id = 'j'", row => row.GetString(0)),
                Cancellation));
        Assert.Equal("2026-12-01",
            await Database.Read(session =>
                session.Row("SELECT CAST(day AS TEXT) FROM spend_by_day WHERE jobs = 1 AND cost = 0.5",
                    row => row.GetString(0)), Cancellation));
    }

    [Fact]
    public async Task Steps_on_the_way_are_shown_in_their_order()
    {
        var worker = Worker();
        await worker.Book.Claim(Job("j") with { Request = Body });
        worker.Book.LetGo(Key("j"), new JobStep(JobStep.Attempt, "timeout", "slow"),
            new JobStep(JobStep.Wait, "timeout", "slow") { Until = clock.GetUtcNow() });
        await worker.Writer.Idle;
        clock.Advance(TimeSpan.FromSeconds(1));
        await worker.Book.Claim(Job("j"));
        worker.Book.LetGo(Key("j"), new JobStep(JobStep.Wait, "rate_limited", null));
        await worker.Writer.Idle;

        var found = Assert.Single(await Search.Find("j", null, Cancellation));

        Assert.Equal(["attempt timeout", "wait timeout", "wait rate_limited"],
            found.Steps.Select(step => $"{step.Kind} {step.Code}"));
        Assert.Equal(Body, found.Request!.Value.Bytes);
        Assert.Null(found.Ending);
    }

    [Fact]
    public async Task What_ended_long_ago_goes_and_what_is_asked_to_go_does_unless_it_runs()
    {
        var worker = Worker();
        foreach (var id in new[] { "old", "a", "b", "runs" })
        {
            await worker.Book.Claim(Job(id) with { Key = new(id, id == "b" ? "t" : "") });
            if (id != "runs")
                await worker.Book.End(new(id, id == "b" ? "t" : ""), null, "message-model", Ending);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(1, await Search.Sweep(clock.GetUtcNow().AddMinutes(-3.5), Cancellation));
        Assert.Equal("runs b a", await Ids(new()));
        Assert.Equal(0, await Search.Purge(new("runs", null), Cancellation));
        Assert.Equal(1, await Search.Purge(new(null, "t"), Cancellation));
        Assert.Equal(1, await Search.Purge(new("a", null), Cancellation));
        Assert.Equal("runs", await Ids(new()));
    }

    [Fact]
    public async Task Contents_are_encrypted_and_keys_can_be_replaced()
    {
        var old = Worker(Encrypted("old"));
        await old.Book.Claim(Job("j") with { Request = Body });
        await old.Book.End(Key("j"), Job("j"), "message-model", Ending);

        var found = Assert.Single(await Search.Find("j", null, Cancellation));
        Assert.All([found.Request!.Value, found.Ending!.Value],
            content => Assert.Equal(-1, content.Bytes.AsSpan().IndexOf("jobId"u8)));
        Assert.Equal("old", found.Ending.Value.Key);

        var fresh = Worker(Encrypted("new", "old"));
        Assert.Equal(Body, Assert.IsType<ClaimAnswer.Ended>(await fresh.Book.Claim(Job("j"))).Body);
        var without = await Assert.ThrowsAsync<FailureException>(() => Worker(Encrypted("new")).Book.Claim(Job("j")));
        Assert.Contains("Records:Keys:old", without.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_content_in_another_jobs_place_is_not_taken_for_its_own()
    {
        var worker = Worker(Encrypted("k"));
        foreach (var id in new[] { "a", "b" })
        {
            await worker.Book.Claim(Job(id));
            await worker.Book.End(Key(id), Job(id), "message-model", Ending);
        }
        await Database.Write(session =>
            session.Run(
                "UPDATE job_records SET ending = (SELECT ending FROM job_records WHERE job_id = 'a') WHERE job_id = "
                    + "'b'"), Cancellation);

        await Assert.ThrowsAsync<FailureException>(() => worker.Book.Claim(Job("b")));
        Assert.IsType<ClaimAnswer.Ended>(await worker.Book.Claim(Job("a")));
    }

    static RecordsOptions Encrypted(params string[] keys) => Plain with
    {
        Key = keys[0],
        Keys = keys.ToDictionary(id => id, id =>
            Convert.ToBase64String([.. Enumerable.Repeat((byte)id.Length, ContentCipher.KeyLength - 1), (byte)id[0]])),
    };

    async Task<string> Ids(JobFilter filter) =>
        string.Join(' ', (await Search.List(filter, 10, Cancellation)).Select(record => record.Key.Id));
}
