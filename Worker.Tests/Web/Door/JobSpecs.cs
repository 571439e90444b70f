using System.Net;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Web.Door;

/// <summary>The state of a job, and its end on request.</summary>
public sealed class JobSpecs : IDisposable
{
    static readonly (string, string) Wait = ("Prefer", "wait=30");

    readonly WebAddress web = new();

    [Fact]
    public async Task A_job_tells_its_ending_what_it_used_and_what_it_was_asked()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        await client.Post("/jobs/message-model", Door.Named("j"), Wait);

        var job = await client.Get("/jobs/j").Json();

        Assert.Equal(("j", "message-model", "completed", 1),
            (job.Of("jobId"), job.Of("operation"), job.Of("state"), job.GetProperty("attempts").GetInt32()));
        Assert.True(job.GetProperty("inputTokens").GetInt64() > 0);
        Assert.Equal("Hello", job.GetProperty("request").GetProperty("messages")[0].Of("text"));
        Assert.Equal("completed", job.GetProperty("ending").Of("ending"));
    }

    [Fact]
    public async Task A_job_that_waits_is_known_from_the_moment_that_it_is_accepted_and_says_for_what()
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        await client.Post("/jobs/message-model", Door.Named("j", "\"notBefore\":\"2100-01-01T00:00:00Z\""));

        // A worker that holds it checks whether it is due.
        Assert.True((await client.Get("/jobs/j").Json()).Of("state") is "waiting" or "running");
        await NotDue(client);
    }

    [Fact]
    public async Task A_wait_for_an_ending_gets_it_when_it_comes()
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var waiting = client.Get("/jobs/j/ending", Wait);
        await client.Post("/jobs/message-model", Door.Named("j"));

        Assert.Equal("completed", (await waiting.Json()).Of("ending"));
    }

    [Fact]
    public async Task A_job_that_has_not_ended_has_no_ending_yet()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        await client.Post("/jobs/message-model", Door.Named("j", "\"notBefore\":\"2100-01-01T00:00:00Z\""));
        await NotDue(client);

        var answer = await client.Get("/jobs/j/ending");

        Assert.Equal((HttpStatusCode.Accepted, "waiting"), (answer.StatusCode, (await answer.Json()).Of("state")));
    }

    [Fact]
    public async Task An_unknown_job_is_not_found()
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        Assert.Equal("not_found", await client.Get("/jobs/none").Problem(HttpStatusCode.NotFound));
        Assert.Equal("not_found",
            await client.Call(HttpMethod.Delete, "/jobs/none", null).Problem(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task A_job_that_waits_is_given_up_and_one_that_has_ended_is_not()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        await client.Post("/jobs/message-model", Door.Named("j", "\"notBefore\":\"2100-01-01T00:00:00Z\""));

        var answer = await client.Call(HttpMethod.Delete, "/jobs/j", null);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("cancelled", (await client.Get("/jobs/j/ending", Wait).Json()).Of("code"));
        Assert.Equal("job_ended",
            await client.Call(HttpMethod.Delete, "/jobs/j", null).Problem(HttpStatusCode.Conflict));
        Assert.Equal(0, worker.Emulator.Bill.Calls);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("100 %")]
    [InlineData("?state=failed#top")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("größe 東京 🎈")]
    [InlineData("..\\..")]
    [InlineData("a+b&c=d;e")]
    public async Task An_id_of_any_characters_has_an_address(string id)
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var sent = await client.Post("/jobs/message-model",
            $$"""{"jobId":{{System.Text.Json.JsonSerializer.Serialize(id)}},"model":"m","messages":[{"text":"x"}]}""");

        Assert.Equal(id, (await client.Get(sent.Headers.Location!.OriginalString, Wait).Json()).Of("jobId"));
        Assert.Equal("completed",
            (await client.Get($"{sent.Headers.Location.OriginalString}/ending", Wait).Json()).Of("ending"));
    }

    [Fact]
    public async Task A_request_that_was_refused_as_invalid_may_be_mended_under_its_id()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        var bad = await client.Post("/jobs/message-model", Door.Named("j", "\"logprobs\":false,\"topLogprobs\":2"),
            Wait);

        var mended = await client.Post("/jobs/message-model", Door.Named("j"), Wait);

        Assert.Equal(("failed", "completed"), ((await bad.Json()).Of("ending"), (await mended.Json()).Of("ending")));
    }

    public void Dispose() => web.Dispose();

    static Task NotDue(HttpClient client) => Eventually.Is(async () =>
        (await client.Get("/jobs/j").Json()).TryGetProperty("code", out var code) && code.GetString() == "not_before");
}
