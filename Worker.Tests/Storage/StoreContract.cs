using System.Text.Json;
using OpenAIWorker.Jobs;
using OpenAIWorker.Storage.Assistants;
using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Tests.Storage;

/// <summary>What every database has to do.</summary>
public abstract class StoreContract : AssistantStoreContract
{
    ThreadStore Threads => new(Database, TimeProvider.System);

    NoteStore Notes => new(Database, TimeProvider.System);

    [Fact]
    public async Task First_note_of_a_job_stays()
    {
        Assert.Null(await Notes.Find(Mine, "j", Cancellation));

        await Notes.Add(Mine, "j", new("conv_1", "msg_1"), Cancellation);

        Assert.Equal(new("conv_1", "msg_1"), await Notes.Add(Mine, "j", new("conv_2"), Cancellation));
        Assert.Equal(new Note("conv_3"), await Notes.Add("other", "j", new("conv_3"), Cancellation));
    }

    [Fact]
    public async Task Turns_are_read_in_their_order_and_each_once()
    {
        foreach (var (job, words) in new[] { ("1", "one"), ("2", "two"), ("1", "again") })
            await using (var held = await Threads.Hold(Mine, "thread_1", job, TimeSpan.FromMinutes(1), Cancellation))
                await held!.Add(Json(words), Json($"answer to {words}"), Cancellation);

        Assert.Equal(["one", "two"], (await Threads.Read("thread_1", Cancellation)).Select(turn => turn.GetString()));
        Assert.Equal("answer to one", (await Threads.Find(Mine, "1", Cancellation))!.Answer.GetString());
        Assert.Null(await Threads.Find("other", "1", Cancellation));
        Assert.True(await Threads.Has(Mine, "thread_1", Cancellation));
        Assert.False(await Threads.Has("other", "thread_1", Cancellation));
    }

    [Fact]
    public async Task Thread_takes_one_job_at_a_time()
    {
        var first = await Hold("1");

        Assert.Null(await Hold("2"));
        Assert.NotNull(await Hold("1"));
        await first!.DisposeAsync();

        Assert.NotNull(await Hold("2"));
    }

    [Fact]
    public async Task Jobs_come_into_a_thread_in_the_order_of_their_coming()
    {
        var first = await Enter("1");
        var (second, third) = (await Enter("2"), await Enter("3"));
        await first.Held!.DisposeAsync();

        Assert.Equal((true, false), (second.IsNext, third.IsNext));
        Assert.Null((await Enter("3")).Held);
        Assert.False((await Enter("4")).IsNext);
        Assert.Equal((true, false), ((await Enter("2")).Held is not null, (await Enter("3")).WasHere));
        Assert.True((await Enter("2")).WasHere);
    }

    [Fact]
    public async Task A_job_that_leaves_the_line_delays_no_other()
    {
        var first = await Enter("1");
        await Enter("2");
        await Enter("3");
        await Threads.LetGo("thread_1", "2", Cancellation);
        await first.Held!.DisposeAsync();

        Assert.NotNull((await Enter("3")).Held);
    }

    [Fact]
    public async Task A_note_knows_where_the_next_job_began()
    {
        var mine = await Notes.Add(Mine, "a", new("conv_1", "msg_1"), Cancellation);
        await Notes.Add(Mine, "b", new("conv_2", "msg_7"), Cancellation);
        Assert.Null(await Notes.Next(Mine, "a", mine, Cancellation));

        await Notes.Add(Mine, "c", new("conv_1", "msg_3"), Cancellation);
        Assert.Equal("msg_3", (await Notes.Next(Mine, "a", mine, Cancellation))!.LastId);

        Assert.Equal(new("conv_1", "msg_9"), await Notes.Move(Mine, "a", mine with { LastId = "msg_9" }, Cancellation));
        Assert.Equal(new("conv_1", "msg_9"), await Notes.Find(Mine, "a", Cancellation));
    }

    Task<Entry> Enter(string job) => Threads.Enter(Mine, "thread_1", job, TimeSpan.FromMinutes(1), Cancellation);

    [Fact]
    public async Task Thread_of_a_killed_worker_is_free_after_a_while()
    {
        await Threads.Hold(Mine, "thread_1", "1", TimeSpan.FromMinutes(-1), Cancellation);

        Assert.NotNull(await Hold("2"));
    }

    [Fact]
    public async Task Another_worker_finds_what_is_there()
    {
        await Add("a");
        await using var again = Again();

        Assert.NotNull(await new AssistantStore(again, TimeProvider.System).Find(Mine, "a", Cancellation));
    }

    [Fact]
    public async Task Several_workers_may_make_the_tables_at_once()
    {
        var workers = Enumerable.Range(0, 4).Select(_ => Again()).ToList();

        await Task.WhenAll(workers.Select(worker => Task.Run(() => worker.Prepare(Cancellation))));

        Assert.Empty(await Listed());
        foreach (var worker in workers)
            await worker.DisposeAsync();
    }

    [Fact]
    public async Task Tables_of_a_newer_worker_are_left_alone()
    {
        await Database.Write(session => session.Run("INSERT INTO schema_steps (taken) VALUES (99)"), Cancellation);
        await using var again = Again();

        var refused = await Assert.ThrowsAsync<FailureException>(() => again.Prepare(Cancellation));

        Assert.Contains("newer worker", refused.Message);
    }

    [Fact]
    public async Task What_breaks_in_the_middle_has_written_nothing()
    {
        await Assert.ThrowsAsync<FormatException>(() => Database.Write<int>(async session =>
        {
            await session.Run("INSERT INTO schema_steps (taken) VALUES (99)");
            throw new FormatException();
        }, Cancellation));

        Assert.Equal(0, await Database.Read(session =>
            session.Number("SELECT COUNT(*) FROM schema_steps WHERE taken = 99"), Cancellation));
    }

    [Fact]
    public async Task A_thing_is_its_first_owners_until_it_is_deleted_or_gone()
    {
        var things = new ThingStore(Database, TimeProvider.System);
        await things.Add(Mine, "file-1", "a", null, Cancellation);
        await things.Add(Mine, "file-1", "b", null, Cancellation);
        await things.Add(Mine, "file-2", "b", null, Cancellation);
        await things.Add("other", "file-1", "b", null, Cancellation);
        await things.Add(Mine, "resp_1", "a", TimeSpan.FromDays(-1), Cancellation);
        var all = Enumerable.Range(0, 1_200).Select(number => $"file-{number}").Append("resp_1").ToList();

        await things.Add(Mine, "file-3", "a", TimeSpan.FromDays(1), Cancellation);

        Assert.Equal(["file-1", "file-3"], (await things.Which(Mine, all, "a", Cancellation)).Order());
        Assert.Equal(["file-2"], await things.Which(Mine, all, "b", Cancellation));
        Assert.Equal(["file-1"], await things.Which("other", all, "b", Cancellation));
        await things.Delete(Mine, "file-1", Cancellation);
        Assert.Equal(["file-3"], await things.Which(Mine, all, "a", Cancellation));
        Assert.Empty(await things.Which(Mine, [], "a", Cancellation));
    }

    Task<HeldThread?> Hold(string job) => Threads.Hold(Mine, "thread_1", job, TimeSpan.FromMinutes(1), Cancellation);

    static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text);
}
