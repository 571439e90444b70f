using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Storage.Records.Endings;
using OpenAIWorker.Tests.Storage;
using OpenAIWorker.Tests.Web.Window;
using OpenAIWorker.Web.Door;

namespace OpenAIWorker.Tests.Web.Door;

/// <summary>New endings among the records, with workers whose clocks differ.</summary>
public sealed class EndingWindowSpecs : IAsyncLifetime
{
    readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    readonly SqliteFile file = new();
    readonly Seed seed;
    readonly EndingWindow window;

    public EndingWindowSpecs() =>
        (seed, window) = (new(file.Path), new(new EndingSearch(file.Database), clock));

    public async ValueTask InitializeAsync()
    {
        await seed.Job(new("before", "completed") { Ended = clock.GetUtcNow() });
        Assert.Empty(await Fresh());
    }

    public async ValueTask DisposeAsync()
    {
        await seed.DisposeAsync();
        await file.DisposeAsync();
    }

    [Fact]
    public async Task An_ending_is_new_once()
    {
        await Ended("now", TimeSpan.Zero);
        Assert.Equal(["now"], await Fresh());
        Assert.Empty(await Fresh());

        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Empty(await Fresh());
    }

    [Fact]
    public async Task One_that_becomes_visible_late_is_found_within_some_seconds()
    {
        await Ended("late", TimeSpan.FromSeconds(-20));
        Assert.Empty(await Fresh());

        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(["late"], await Fresh());
    }

    [Fact]
    public async Task One_of_a_clock_that_is_ahead_stays_known_while_it_is_in_the_window()
    {
        await Ended("ahead", TimeSpan.FromSeconds(25));
        Assert.Equal(["ahead"], await Fresh());

        for (var turn = 0; turn < 12; turn++)
        {
            clock.Advance(TimeSpan.FromSeconds(6));
            Assert.Empty(await Fresh());
        }
    }

    [Fact]
    public async Task What_ended_while_nobody_listened_is_not_new()
    {
        window.Close();
        await Ended("meanwhile", TimeSpan.Zero);

        Assert.Empty(await Fresh());
    }

    Task Ended(string id, TimeSpan from) => seed.Job(new(id, "completed") { Ended = clock.GetUtcNow() + from });

    async Task<List<string>> Fresh() =>
        [.. (await window.Fresh(TestContext.Current.CancellationToken)).Select(record => record.Key.Id)];
}
