using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Tests.Storage.Records;

/// <summary>A job belongs to one worker at a time, and ends once, in both databases.</summary>
public abstract class ClaimContract : DatabaseContract
{
    private protected static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"jobId":"j","text":"ends with \u00e9 and 🐇"}""");
    private protected static readonly RecordsOptions Plain = new() { Keep = RecordsKeep.Everything };
    private protected readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero));

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_endings_the_first_is_the_jobs(bool isKnown)
    {
        var (one, other) = (Worker(), Worker());
        await one.Book.Claim(Job("j"));
        await one.Book.End(Key("j"), Job("j"), "message-model", Ending);

        var there = await other.Book.End(Key("j"), isKnown ? Job("j") : null, "message-model", Failed);

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
    public async Task Each_tenant_has_its_own_ids()
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
        // A job that waited has no replay in its headers.
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

    private protected RecordSearch Search => new(Database);

    private protected JobSums Sums => new(Database, clock);

    private protected (RecordBook Book, RecordWriter Writer, WorkerRegister Register) Worker(
        RecordsOptions? options = null)
    {
        var register = new WorkerRegister(Database, new NoStatus(), clock);
        var writer = new RecordWriter(Database, register, new(Database, clock), clock);
        var cipher = new ContentCipher(Options.Create(options ?? Plain), StoreStatesOf.Test());
        return (new(writer, register, cipher, clock), writer, register);
    }

    private protected static JobKey Key(string id) => new(id, "");

    private protected static JobEndingRecord Ending =>
        new("completed", Body) { Attempts = 1, InputTokens = 10, OutputTokens = 20, Cost = 0.5m, Currency = "USD" };

    private protected static JobEndingRecord Failed =>
        new("failed", "{}"u8.ToArray()) { Code = "timeout", Reason = "slow" };

    private protected ClaimedJob Job(string id) =>
        new(Key(id), "message-model", "hash")
        {
            Credential = "default",
            Model = "m",
            Attempts = 1,
            ReceivedAt = clock.GetUtcNow()
        };

    private protected async Task<T> Found<T>(string id, Func<JobRecord, T> read) =>
        read(Assert.Single(await Search.Find(id, null, Cancellation)).Record);
}
