using System.Text.Json;
using OpenAIWorker.Storage.Assistants;
using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Tests.Storage;

/// <summary>Assistants in every kind of database.</summary>
public abstract class AssistantStoreContract : DatabaseContract
{
    private protected const string Mine = "default";

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    AssistantStore Assistants => new(Database, TimeProvider.System);

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
    public async Task Those_of_another_credential_are_not_seen()
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

    private protected async Task<StoredAssistant> Add(string id, string definition = "{}") =>
        (await Assistants.Add(Assistant(id) with { Definition = JsonElement.Parse(definition) }, nameIsFree: false,
            Cancellation))!;

    private protected async Task<IEnumerable<string>> Listed() =>
        (await Assistants.List(Mine, true, 100, null, Cancellation)).Select(assistant => assistant.Id);

    static StoredAssistant Assistant(string id) => new(id, Mine, $"job-{id}", "Name", JsonElement.Parse("{}"));
}
