using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Storage.Api;
using OpenAIWorker.Storage.Databases;
using static OpenAIWorker.Storage.Api.BatchStatuses;

namespace OpenAIWorker.Tests.Storage.Api;

/// <summary>The tables of OpenAI's API in both databases.</summary>
public abstract class ApiContract : DatabaseContract
{
    readonly FakeTimeProvider clock = new(new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    ApiBatchStore Batches => new(new(() => Database), clock);

    ApiFileStore Files => new(new(() => Database), clock);

    [Fact]
    public async Task One_process_alone_drives_a_batch_and_another_takes_over_when_it_is_silent()
    {
        var (one, other) = (Leases(), Leases());
        await Add("b1");
        Assert.Equal(["b1"], await one.Beat(Cancellation));
        Assert.Equal(["b1"], await other.Beat(Cancellation));
        var taken = await one.TakeOver("b1", Cancellation);
        Assert.Null(await other.TakeOver("b1", Cancellation));

        // It lives long, and is then silent.
        for (var seconds = 0; seconds < 60; seconds += 10)
        {
            await one.Beat(Cancellation);
            Assert.Empty(await other.Beat(Cancellation));
            clock.Advance(TimeSpan.FromSeconds(10));
        }
        Assert.Empty(await other.Beat(Cancellation));
        clock.Advance(BatchLeases.Gone + TimeSpan.FromSeconds(1));
        Assert.Equal(["b1"], await other.Beat(Cancellation));
        Assert.NotNull(await other.TakeOver("b1", Cancellation));

        await Assert.ThrowsAsync<BatchLostException>(() => Batches.Save(taken!, one.Holder, [], Cancellation));
    }

    [Fact]
    public async Task A_process_that_stops_leaves_its_batches_to_others_at_once()
    {
        var (one, other) = (Leases(), Leases());
        await Add("b1");
        await one.TakeOver("b1", Cancellation);

        await one.Leave(Cancellation);

        Assert.Equal(["b1"], await other.Beat(Cancellation));
        Assert.NotNull(await other.TakeOver("b1", Cancellation));
    }

    [Fact]
    public async Task A_batch_that_was_told_to_stop_does_not_go_on_by_what_its_driver_notes()
    {
        var leases = Leases();
        var batch = await Add("b1");
        await leases.TakeOver("b1", Cancellation);

        Assert.Equal(InProgress,
            await Batches.Save(batch with { Status = InProgress }, leases.Holder, [], Cancellation));
        Assert.Equal(1, await Batches.Cancel("b1", Cancellation));
        Assert.Equal(Cancelling,
            await Batches.Save(batch with { Status = InProgress }, leases.Holder, [], Cancellation));
        Assert.Equal(Cancelled, await Batches.Save(
            batch with { Status = Cancelled, EndedAt = clock.GetUtcNow() }, leases.Holder, [], Cancellation));

        Assert.Equal(0, await Batches.Cancel("b1", Cancellation));
        Assert.Empty(await leases.Beat(Cancellation));
        var ended = await Batches.Find("b1", null, Cancellation);
        Assert.Equal((Cancelled, clock.GetUtcNow(), clock.GetUtcNow()),
            (ended!.Status, ended.CancellingAt, ended.EndedAt));
    }

    [Fact]
    public async Task What_was_asked_and_how_far_it_is_comes_back_as_it_was()
    {
        var batch = await Add("b1", new()
        {
            Endpoint = "/v1/responses",
            CompletionWindow = "24h",
            Metadata = new Dictionary<string, string> { ["a"] = "ü" },
            OutputKeptFor = TimeSpan.FromHours(5),
            Faults = [new("code", "message", 3, null)],
            Usage = new(1, 2, 3, 4),
            InProgressAt = clock.GetUtcNow(),
        });

        var found = await Batches.Find("b1", "t", Cancellation);

        Assert.Equivalent(batch, found);
        Assert.Null(await Batches.Find("b1", "other", Cancellation));
    }

    [Fact]
    public async Task Pages_go_on_behind_the_last_one_also_where_many_came_at_once()
    {
        for (var number = 0; number < 5; number++)
            await Add($"b{number}");

        var first = await Batches.List(new("t", 2, null), Cancellation);
        var second = await Batches.List(new("t", 2, "b3"), Cancellation);
        var oldest = await Batches.List(new("t", 9, "b3", IsOldestFirst: true), Cancellation);

        Assert.Equal(["b4", "b3", "b2"], first.Select(batch => batch.Id));
        Assert.Equal(["b2", "b1", "b0"], second.Select(batch => batch.Id));
        Assert.Equal(["b4"], oldest.Select(batch => batch.Id));
        Assert.Empty(await Batches.List(new("other", 2, null), Cancellation));
    }

    [Fact]
    public async Task A_file_that_has_expired_is_not_there_and_one_that_is_needed_stays()
    {
        var now = clock.GetUtcNow();
        await Files.Add([File("f1", now.AddHours(1)), File("f2", now.AddHours(9))], Cancellation);
        await Add("b1", file: "f2");

        Assert.Equal("b1", await Files.Delete("f2", Cancellation));
        clock.Advance(TimeSpan.FromHours(2));

        Assert.Null(await Files.Find("f1", null, Cancellation));
        Assert.Equal(["f2"], (await Files.List(new(null, 9, null), "batch", Cancellation)).Select(file => file.Id));
        Assert.Equal(1, await Files.Sweep(Cancellation));
    }

    BatchLeases Leases() => new(new(() => Database), clock);

    ApiFile File(string id, DateTimeOffset until) => new(id, "t", "batch", "a.jsonl", 1, clock.GetUtcNow(), until);

    async Task<ApiBatch> Add(string id, BatchProgress? progress = null, string file = "f1")
    {
        var batch = new ApiBatch(id, "t", file, Validating, clock.GetUtcNow(), clock.GetUtcNow().AddDays(1),
            progress ?? new() { Endpoint = "/v1/responses", CompletionWindow = "24h" });
        await Batches.Add(batch, Cancellation);
        return batch;
    }
}
