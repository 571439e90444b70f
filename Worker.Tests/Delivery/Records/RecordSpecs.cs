using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Storage;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Delivery.Records;

/// <summary>What a worker records of its jobs, and what it answers from these records.</summary>
public sealed class RecordSpecs : IAsyncDisposable
{
    readonly SqliteFile file = new();

    RecordSearch Records => new(file.Database);

    [Fact]
    public async Task A_job_that_is_sent_again_is_answered_by_its_ending_byte_for_byte_and_without_a_call()
    {
        await using var worker = await Start();

        var first = await worker.End(Smallest with { JobId = "j", Timeout = TimeSpan.FromSeconds(20) });
        worker.Events.Forget("j");
        await worker.End(Smallest with { JobId = "j", Timeout = TimeSpan.FromSeconds(30), Priority = 9 });

        Assert.Equal(1, worker.Emulator.Bill.Calls);
        Assert.Equal(Endings.Completed, first.GetProperty("ending").GetString());
        Assert.Single(Bodies(worker, "j").Distinct());
        Assert.Equal(2, Bodies(worker, "j").Count);
    }

    [Fact]
    public async Task A_failure_is_answered_again_too()
    {
        await using var worker = await Start();

        await worker.Failure(Smallest with { JobId = "j", Model = "m+status:404" });
        worker.Events.Forget("j");
        await worker.Failure(Smallest with { JobId = "j", Model = "m+status:404" });

        Assert.Equal(1, worker.Emulator.Bill.Calls);
        Assert.Single(Bodies(worker, "j").Distinct());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_request_under_the_id_of_a_job_is_refused_by_name(bool isOtherOperation)
    {
        await using var worker = await Start();
        await worker.Answer(Smallest with { JobId = "j" });
        worker.Events.Forget("j");

        var failure = await worker.Failure(isOtherOperation
            ? new ClassifyText { JobId = "j", Text = "x" }
            : Smallest with { JobId = "j", Model = "other" });

        Assert.Equal((FailureCodes.JobIdConflict, FailureKind.Permanent, Remedy.Sender, "jobId"),
            (failure.Code, failure.Kind, failure.Remedy, failure.Member));
        Assert.Equal(1, worker.Emulator.Bill.Calls);
        Assert.Equal("completed", (await Record("j")).State);
    }

    [Fact]
    public async Task What_became_of_a_job_is_in_its_record()
    {
        await using var worker = await Start("--Records:Keep=Everything");

        await worker.Answer(Smallest with { JobId = "j", Model = "m+status:500#1" });

        var whole = Assert.Single(await Records.Find("j", null, TestContext.Current.CancellationToken));
        Assert.Equal(("message-model", "completed", "m+status:500#1", "default", 2, 1),
            (whole.Record.Operation, whole.Record.State, whole.Record.Model, whole.Record.Credential,
                whole.Record.Attempts, whole.Record.Waits));
        Assert.True(whole.Record.InputTokens > 0);
        Assert.Equal(["attempt provider_error", "wait provider_error"],
            whole.Steps.Select(step => $"{step.Kind} {step.Code}"));
        Assert.NotEqual(-1, whole.Request!.Value.Bytes.AsSpan().IndexOf("Hello"u8));
        Assert.NotNull(whole.Ending);
    }

    [Fact]
    public async Task Where_endings_alone_are_kept_no_request_is()
    {
        await using var worker = await Start();

        await worker.Answer(Smallest with { JobId = "j" });

        Assert.Null(Assert.Single(await Records.Find("j", null, TestContext.Current.CancellationToken)).Request);
    }

    [Fact]
    public async Task A_job_that_waits_says_for_what()
    {
        await using var worker = await Start();

        var ending = worker.End(Smallest with
        {
            JobId = "j",
            NotBefore = TimeProvider.System.GetUtcNow().AddSeconds(2)
        });
        await Eventually.Is(async () => await Find("j") is { State: "waiting" });

        var record = await Record("j");
        Assert.Equal((WaitCodes.NotBefore, 1), (record.Code, record.Waits));
        Assert.NotNull(record.WaitUntil);
        await ending;
        Assert.Equal("completed", (await Record("j")).State);
    }

    [Theory]
    [InlineData("tenant of a\0null")]
    [InlineData(null)]
    public async Task A_tenant_of_any_kind_has_its_own_ids(string? tenant)
    {
        tenant ??= new string('t', 100_000);
        await using var worker = await Start("--Limits:Tenant=tenant");

        await worker.Answer(Smallest with { JobId = "j" });
        worker.Events.Forget("j");
        await worker.Answer(Smallest with
        {
            JobId = "j",
            Model = "other",
            Metadata = new Dictionary<string, string> { ["tenant"] = tenant }
        });

        Assert.Equal(2, worker.Emulator.Bill.Calls);
    }

    [Fact]
    public async Task Nothing_is_kept_unless_it_is_asked_for()
    {
        await using var worker = await EmbeddedWorker.Start($"--Storage:Path={file.Path}");

        await worker.Answer(Smallest with { JobId = "j" });

        Assert.False(File.Exists(file.Path));
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();

    Task<EmbeddedWorker> Start(params string[] settings) =>
        EmbeddedWorker.Start(["--Records:Keep=Endings", $"--Storage:Path={file.Path}", .. settings]);

    async Task<JobRecord?> Find(string id) =>
        (await Records.Find([id], null, TestContext.Current.CancellationToken)).FirstOrDefault();

    async Task<JobRecord> Record(string id) =>
        Assert.Single(await Records.Find([id], null, TestContext.Current.CancellationToken));

    static List<string> Bodies(EmbeddedWorker worker, string job) =>
        [.. worker.Events.All.Where(arrived => arrived.JobId == job && arrived.Type != JobEvent.Delayed)
            .Select(arrived => System.Text.Encoding.UTF8.GetString(arrived.Body.Span))];
}
