using System.Net;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Web.Door;

/// <summary>Endings as they come.</summary>
public sealed class EventSpecs : IDisposable
{
    static readonly (string, string) Wait = ("Prefer", "wait=30");

    readonly WebAddress web = new();

    [Fact]
    public async Task A_listener_hears_what_ends_by_the_keys_that_it_names()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        await using var all = await EventStream.Open(client, "/events");
        await using var failures = await EventStream.Open(client, "/events?key=*.failed&key=classify-text.*");

        await client.Post("/jobs/message-model", Door.Named("good"), Wait);
        await client.Post("/jobs/message-model", Door.Named("bad", "\"timeout\":\"00:00:20\"")
            .Replace("\"m\"", "\"m+status:404\"", StringComparison.Ordinal), Wait);

        Assert.Equal(["message-model.completed good", "message-model.failed bad"],
            [await all.Next(), await all.Next()]);
        Assert.Equal("message-model.failed bad", await failures.Next());
    }

    [Fact]
    public async Task What_ended_before_the_first_listener_came_is_not_told()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        await client.Post("/jobs/message-model", Door.Named("before"), Wait);

        await using var heard = await EventStream.Open(client, "/events");
        await client.Post("/jobs/message-model", Door.Named("after"), Wait);

        Assert.Equal("message-model.completed after", await heard.Next());
    }

    [Fact]
    public async Task A_listener_that_returns_hears_what_it_missed_and_nothing_twice()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        string? last;
        await using (var first = await EventStream.Open(client, "/events"))
        {
            await client.Post("/jobs/message-model", Door.Named("a"), Wait);
            await first.Next();
            last = first.LastId;
        }
        await client.Post("/jobs/message-model", Door.Named("b"), Wait);
        await client.Post("/jobs/message-model", Door.Named("c"), Wait);

        await using var second = await EventStream.Open(client, "/events", ("Last-Event-ID", last!));
        var missed = new[] { await second.Next(), await second.Next() };
        await client.Post("/jobs/message-model", Door.Named("d"), Wait);

        Assert.Equal(["message-model.completed b", "message-model.completed c"], missed.Order());
        Assert.Equal("message-model.completed d", await second.Next());
    }

    [Fact]
    public async Task A_listener_that_left_before_it_heard_anything_misses_nothing()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        string? place;
        await using (var first = await EventStream.Open(client, "/events"))
            place = first.LastId;
        await client.Post("/jobs/message-model", Door.Named("a"), Wait);

        await using var second = await EventStream.Open(client, "/events", ("Last-Event-ID", place!));

        Assert.Equal("message-model.completed a", await second.Next());
    }

    [Fact]
    public async Task Another_worker_goes_on_where_the_first_one_was()
    {
        using var client = web.Client();
        var heard = new List<string>();
        string? last;
        await using (var worker = await web.Start())
        {
            await using var first = await EventStream.Open(client, "/events");
            for (var i = 0; i < 20; i++)
                await client.Post("/jobs/message-model", Door.Named($"job {i}"));
            for (var i = 0; i < 10; i++)
                heard.Add(await first.Next());
            last = first.LastId;
            await Eventually.Is(async () => (await client.Get("/jobs?state=completed").Json()).GetProperty("jobs")
                .GetArrayLength() == 20);
        }
        await using var again = await web.Start();

        await using var second = await EventStream.Open(client, "/events", ("Last-Event-ID", last!));
        for (var i = 0; i < 10; i++)
            heard.Add(await second.Next());

        Assert.Equal(20, heard.Distinct().Count());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAA")]
    [InlineData("<script>")]
    public async Task A_place_that_is_none_is_refused(string id)
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        Assert.Equal("invalid_request",
            await client.Get("/events", ("Last-Event-ID", id)).Problem(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Hundreds_of_waits_are_answered_by_one_look_at_a_time()
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var waiting = Enumerable.Range(0, 300).Select(i => client.Get($"/jobs/job-{i}/ending", Wait)).ToList();
        await client.Post("/jobs", string.Concat(Enumerable.Range(0, 300).Select(i =>
            $$"""{"operation":"message-model","jobId":"job-{{i}}","model":"m","messages":[{"text":"x"}]}""" + "\n")));

        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    public void Dispose() => web.Dispose();
}
