using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Jobs;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Tests.Storage.Records;

/// <summary>What every database has to do for records.</summary>
public abstract class RecordContract
{
    static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"jobId":"j","text":"ends with \u00e9 and 🐇"}""");

    static readonly RecordsOptions Plain = new() { Keep = RecordsKeep.Everything };

    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero));

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Empty, and the same for the whole test.</summary>
    internal abstract Database Database { get; }

    [Fact]
    public async Task A_job_is_one_workers_until_it_goes_back_to_the_broker()
    {
        var (one, other) = (Worker(), Worker());

        Assert.IsType<ClaimAnswer.Mine>(await one.Book.Claim(Job("j")));
        Assert.IsType<ClaimAnswer.Elsewhere>(await other.Book.Claim(Job("j")));
        Assert.IsType<ClaimAnswer.Mine>(await one.Book.Claim(Job("j")));

        one.Book.LetGo(Key("j"), new JobStep(JobStep.Wait, "rate_limited",
            "The limit.")
        { Until = clock.GetUtcNow().AddMinutes(1), Waits = 1 });
        await one.Writer.Idle;

        Assert.Equal(("waiting", "rate_limited", 1),
            await Found("j", record => (record.State, record.Code, record.Waits)));
        Assert.IsType<ClaimAnswer.Mine>(await other.Book.Claim(Job("j")));
        Assert.Equal(("running", null), await Found("j", record => (record.State, record.Code)));
    }

    [Fact]
    public async Task A_job_that_has_ended_is_answered_with_the_same_bytes_by_every_worker()
    {
        var (one, other) = (Worker(), Worker());
        await one.Book.Claim(Job("j"));

        Assert.Null(await one.Book.End(Key("j"), Job("j"), "message-model", Ending));

        var answer = Assert.IsType<ClaimAnswer.Ended>(await other.Book.Claim(Job("j")));
        Assert.Equal(("completed", "message-model"), (answer.State, answer.Operation));
        Assert.Equal(Body, answer.Body);
        Assert.Equal(("completed", 10, 20, 0.5, clock.GetUtcNow()),
            await Found("j", record =>
                (record.State, record.InputTokens, record.OutputTokens, record.Cost, record.EndedAt)));
    }

    [Fact]
    public async Task Of_two_endings_the_first_is_the_jobs()
    {
        var (one, other) = (Worker(), Worker());
        await one.Book.Claim(Job("j"));
        await one.Book.End(Key("j"), Job("j"), "message-model", Ending);

        var there = await other.Book.End(Key("j"), Job("j"), "message-model", Failed);

        Assert.Equal(Body, there!.Body);
        Assert.Equal("completed", await Found("j", record => record.State));
    }

    [Fact]
    public async Task A_job_that_ends_without_a_record_gets_one_where_enough_is_known_of_it()
    {
        var worker = Worker();

        Assert.Null(await worker.Book.End(Key("known"), Job("known"), "message-model", Failed));
        Assert.Null(await worker.Book.End(Key("unknown"), null, "message-model", Failed));

        Assert.Equal(("failed", "timeout"), await Found("known", record => (record.State, record.Code)));
        Assert.Empty(await Search.Find("unknown", null, Cancellation));
    }

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
    public async Task Each_tenant_has_ids_of_his_own()
    {
        var worker = Worker();
        await worker.Book.Claim(Job("j"));
        await worker.Book.End(Key("j"), Job("j"), "message-model", Ending);

        Assert.IsType<ClaimAnswer.Mine>(
            await worker.Book.Claim(Job("j") with { Key = new("j", "b"), RequestHash = "other" }));

        Assert.Equal(["", "b"], (await Search.Find("j", null, Cancellation)).Select(found => found.Record.Key.Tenant));
        Assert.Single(await Search.Find("j", "b", Cancellation));
    }

    [Fact]
    public async Task A_replay_begins_a_failed_job_anew_once_and_a_completed_one_never()
    {
        var worker = Worker();
        await worker.Book.Claim(Job("j"));
        await worker.Book.End(Key("j"), Job("j"), "message-model", Failed);

        Assert.IsType<ClaimAnswer.Ended>(await worker.Book.Claim(Job("j")));
        Assert.IsType<ClaimAnswer.Mine>(await worker.Book.Claim(Job("j") with { Replay = "r" }));
        await worker.Book.End(Key("j"), Job("j"), "message-model", Failed);
        Assert.IsType<ClaimAnswer.Ended>(await worker.Book.Claim(Job("j") with { Replay = "r" }));
        Assert.IsType<ClaimAnswer.Mine>(await worker.Book.Claim(Job("j") with { Replay = "s" }));
        // What waited has no replay in its headers.
        await worker.Book.Claim(Job("j"));
        await worker.Book.End(Key("j"), Job("j"), "message-model", Ending);
        Assert.IsType<ClaimAnswer.Ended>(await worker.Book.Claim(Job("j") with { Replay = "t" }));
    }

    [Fact]
    public async Task Jobs_of_a_worker_that_is_gone_are_free_and_those_of_one_that_lives_are_not()
    {
        var (dead, living, heir) = (Worker(), Worker(), Worker());
        await dead.Book.Claim(Job("dead"));
        await living.Book.Claim(Job("living"));

        for (var passed = TimeSpan.Zero; passed <= WorkerRegister.Gone; passed += WorkerRegister.Every)
        {
            await living.Register.Beat(Cancellation);
            await heir.Register.Beat(Cancellation);
            Assert.IsType<ClaimAnswer.Elsewhere>(await heir.Book.Claim(Job("dead")));
            clock.Advance(WorkerRegister.Every);
        }
        await living.Register.Beat(Cancellation);
        await heir.Register.Beat(Cancellation);

        Assert.IsType<ClaimAnswer.Mine>(await heir.Book.Claim(Job("dead")));
        Assert.IsType<ClaimAnswer.Elsewhere>(await heir.Book.Claim(Job("living")));
        Assert.IsType<ClaimAnswer.Elsewhere>(await dead.Book.Claim(Job("dead")));
    }

    [Fact]
    public async Task A_worker_that_stops_leaves_its_jobs_at_once()
    {
        var (one, other) = (Worker(), Worker());
        await one.Book.Claim(Job("j"));

        await one.Register.Leave(Cancellation);

        Assert.IsType<ClaimAnswer.Mine>(await other.Book.Claim(Job("j")));
    }

    [Fact]
    public async Task Of_many_workers_at_once_each_job_is_ones()
    {
        var workers = Enumerable.Range(0, 3).Select(_ => Worker()).ToList();
        var ids = Enumerable.Range(0, 200).Select(number => $"j{number}").ToList();

        var answers = await Task.WhenAll(
            workers.SelectMany(worker => ids.Select(async id => (Id: id, Answer: await worker.Book.Claim(Job(id))))));

        Assert.All(answers.GroupBy(answer => answer.Id),
            answers => Assert.Single(answers, answer => answer.Answer is ClaimAnswer.Mine));
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
            await Search.Sum("model", new(), Cancellation));
        Assert.Equal("2026-12-01", Assert.Single(await Search.Sum("day", new(), Cancellation)).Name);
        Assert.Equal(("message-model", 3), Assert.Single(await Search.Sum("operation", new(), Cancellation)) is var sum
            ? (sum.Name, sum.Jobs)
            : default);
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
        Assert.Equal(0, await Search.Purge("runs", null, Cancellation));
        Assert.Equal(1, await Search.Purge(null, "t", Cancellation));
        Assert.Equal(1, await Search.Purge("a", null, Cancellation));
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

    RecordSearch Search => new(Database);

    (RecordBook Book, RecordWriter Writer, WorkerRegister Register) Worker(RecordsOptions? options = null)
    {
        var register = new WorkerRegister(Database, clock);
        var writer = new RecordWriter(Database, register);
        return (new(writer, register, new(Options.Create(options ?? Plain)), clock), writer, register);
    }

    static RecordsOptions Encrypted(params string[] keys) => Plain with
    {
        Key = keys[0],
        Keys = keys.ToDictionary(id => id, id =>
            Convert.ToBase64String([.. Enumerable.Repeat((byte)id.Length, ContentCipher.KeyLength - 1), (byte)id[0]])),
    };

    static JobKey Key(string id) => new(id, "");

    static JobEndingRecord Ending =>
        new("completed", Body) { Attempts = 1, InputTokens = 10, OutputTokens = 20, Cost = 0.5m, Currency = "USD" };

    static JobEndingRecord Failed => new("failed", "{}"u8.ToArray()) { Code = "timeout", Reason = "slow" };

    ClaimedJob Job(string id) =>
        new(Key(id), "message-model", "hash")
        {
            Credential = "default",
            Model = "m",
            Attempts = 1,
            ReceivedAt = clock.GetUtcNow()
        };

    async Task<T> Found<T>(string id, Func<JobRecord, T> read) =>
        read(Assert.Single(await Search.Find(id, null, Cancellation)).Record);

    async Task<string> Ids(JobFilter filter) =>
        string.Join(' ', (await Search.List(filter, 10, Cancellation)).Select(record => record.Key.Id));
}
