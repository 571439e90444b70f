using System.Text.Json;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Storage.Assistants;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Tests.Storage;

/// <summary>What every database has to do.</summary>
public abstract class StoreContract
{
    const string Mine = "default";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Empty, and the same for the whole test.</summary>
    internal abstract Database Database { get; }

    /// <summary>The same data, as another worker opens it.</summary>
    internal abstract Database Again();

    AssistantStore Assistants => new(Database, TimeProvider.System);

    ThreadStore Threads => new(Database, TimeProvider.System);

    NoteStore Notes => new(Database, TimeProvider.System);

    [Fact]
    public async Task What_was_added_is_found_as_it_was()
    {
        await Add("a", """{"id":"a","instructions":"Be \"kind\" \n to Åse 🐇"}""");

        var found = await Assistants.Find(Mine, "a", Cancellation);

        Assert.Equal(("a", Mine, "job-a", "Name", 1),
            (found!.Id, found.Credential, found.JobId, found.Name, found.Version));
        Assert.Equal("Be \"kind\" \n to Åse 🐇", found.Definition.GetProperty("instructions").GetString());
    }

    [Fact]
    public async Task Job_that_comes_again_finds_what_it_added()
    {
        await Add("a");

        var again = await Assistants.Add(Assistant("b") with { JobId = "job-a" }, nameIsFree: true, Cancellation);

        Assert.Equal("a", again!.Id);
        Assert.Equal(["a"], await Listed());
        Assert.Equal("a", (await Assistants.OfJob(Mine, "job-a", Cancellation))!.Id);
    }

    [Fact]
    public async Task Name_that_is_to_be_free_and_is_not_adds_nothing()
    {
        await Add("a");

        Assert.Null(await Assistants.Add(Assistant("b"), nameIsFree: true, Cancellation));

        await Assistants.Delete(Mine, "a", Cancellation);
        Assert.NotNull(await Assistants.Add(Assistant("b"), nameIsFree: true, Cancellation));
    }

    [Fact]
    public async Task Of_many_at_once_one_gets_the_name()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(number => Task.Run(() => Assistants.Add(Assistant($"a{number}"), nameIsFree: true, Cancellation))));

        Assert.Single(added, assistant => assistant is not null);
    }

    [Fact]
    public async Task Many_at_once_are_all_added_in_some_order()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => Add($"a{number:00}"))));

        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"a{number:00}"), (await Listed()).Order());
    }

    [Fact]
    public async Task Others_of_the_name_are_told_apart()
    {
        await Add("a");
        await Add("b");

        Assert.Equal(["a", "b"], (await Assistants.Named(Mine, "Name", Cancellation))
            .Select(assistant => assistant.Id));
        Assert.Empty(await Assistants.Named(Mine, "name", Cancellation));
    }

    [Fact]
    public async Task Nobody_sees_those_of_another_credential()
    {
        await Add("a");

        Assert.Null(await Assistants.Find("other", "a", Cancellation));
        Assert.Empty(await Assistants.Named("other", "Name", Cancellation));
        Assert.Empty(await Assistants.List("other", true, 10, null, Cancellation));
        Assert.Equal(0, await Assistants.Delete("other", "a", Cancellation));
        Assert.NotNull(await Assistants.Add(Assistant("b") with { Credential = "other", JobId = "job-a" },
            nameIsFree: true, Cancellation));
        Assert.Null(await Assistants.OfJob("third", "job-a", Cancellation));
    }

    [Theory]
    [InlineData(true, "a b|c d|e")]
    [InlineData(false, "e d|c b|a")]
    public async Task Pages_follow_one_another(bool isOldestFirst, string expected)
    {
        foreach (var id in new[] { "a", "b", "c", "d", "e" })
            await Add(id);

        var (pages, last) = (new List<string>(), (string?)null);
        while (await Assistants.List(Mine, isOldestFirst, 2, last, Cancellation) is { Count: > 0 } page)
        {
            pages.Add(string.Join(' ', page.Select(assistant => assistant.Id)));
            last = page[^1].Id;
        }

        Assert.Equal(expected, string.Join('|', pages));
    }

    [Fact]
    public async Task Page_goes_on_behind_one_that_was_deleted()
    {
        foreach (var id in new[] { "a", "b", "c" })
            await Add(id);
        await Assistants.Delete(Mine, "b", Cancellation);

        Assert.Equal(["c"], (await Assistants.List(Mine, true, 10, "b", Cancellation))
            .Select(assistant => assistant.Id));
        Assert.Equal(["a", "c"], await Listed());
    }

    [Fact]
    public async Task What_was_replaced_is_new_once()
    {
        var read = await Add("a");

        Assert.True(await Assistants.Replace(read, "New", JsonElement.Parse("{}"), Cancellation));
        Assert.False(await Assistants.Replace(read, "Newer", JsonElement.Parse("{}"), Cancellation));

        var now = await Assistants.Find(Mine, "a", Cancellation);
        Assert.Equal(("New", 2, "{}"), (now!.Name, now.Version, now.Definition.GetRawText()));
    }

    [Fact]
    public async Task What_was_deleted_is_gone_and_cannot_be_changed()
    {
        var read = await Add("a");

        Assert.Equal(1, await Assistants.Delete(Mine, "a", Cancellation));
        Assert.Equal(0, await Assistants.Delete(Mine, "a", Cancellation));

        Assert.Null(await Assistants.Find(Mine, "a", Cancellation));
        Assert.False(await Assistants.Replace(read, "New", JsonElement.Parse("{}"), Cancellation));
    }

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
    public async Task A_job_that_leaves_the_line_holds_up_nobody()
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

    async Task<StoredAssistant> Add(string id, string definition = "{}") =>
        (await Assistants.Add(Assistant(id) with { Definition = JsonElement.Parse(definition) }, nameIsFree: false,
            Cancellation))!;

    async Task<IEnumerable<string>> Listed() =>
        (await Assistants.List(Mine, true, 100, null, Cancellation)).Select(assistant => assistant.Id);

    static StoredAssistant Assistant(string id) => new(id, Mine, $"job-{id}", "Name", JsonElement.Parse("{}"));

    static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text);
}
