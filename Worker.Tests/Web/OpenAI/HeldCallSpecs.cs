using System.Net;
using System.Text.Json;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Web.Door;

namespace OpenAIWorker.Tests.Web.OpenAI;

/// <summary>Calls that are answered when their job has ended.</summary>
public sealed class HeldCallSpecs : IDisposable
{
    const string Hello = """{"model":"m","messages":[{"role":"user","content":"Hello"}]}""";

    readonly WebAddress web = new();

    [Theory]
    [InlineData("/v1/chat/completions", Hello, "chat.completion")]
    [InlineData("/v1/responses", """{"model":"m","input":"Hello"}""", "response")]
    [InlineData("/v1/embeddings", """{"model":"m","input":["Hello","you"]}""", "list")]
    public async Task The_providers_answer_comes_back_as_it_is(string path, string body, string kind)
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var answer = await client.Post(path, body);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(kind, (await answer.Json()).GetProperty("object").GetString());
        Assert.StartsWith("req_", Assert.Single(answer.Headers.GetValues("x-request-id")), StringComparison.Ordinal);
        var job = Assert.Single(answer.Headers.GetValues("openai-worker-job-id"));
        Assert.Equal(1, worker.Emulator.TimesBilled(job));
    }

    [Theory]
    [InlineData("m+status:404", HttpStatusCode.NotFound, "model_not_found")]
    [InlineData("m+status:400", HttpStatusCode.BadRequest, null)]
    public async Task The_providers_refusal_comes_back_as_it_is(string model, HttpStatusCode status, string? code)
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var answer = await client.Post("/v1/chat/completions",
            Hello.Replace("\"m\"", $"\"{model}\"", StringComparison.Ordinal));

        Assert.Equal("false", Assert.Single(answer.Headers.GetValues("x-should-retry")));
        var error = await Task.FromResult(answer).Error(status);
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_failure_that_passes_is_tried_again_by_the_worker_and_not_by_the_client()
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var answer = await client.Post("/v1/chat/completions",
            Hello.Replace("\"m\"", "\"m+status:500#1\"", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, worker.Emulator.Bill.Calls);
    }

    [Fact]
    public async Task What_takes_too_long_goes_on_and_is_found_again_by_its_key()
    {
        await using var worker = await web.Start("--Web:HoldFor=00:00:01");
        using var client = web.Client();
        var slow = Hello.Replace("\"m\"", "\"m+slow:3000\"", StringComparison.Ordinal);
        var key = ("Idempotency-Key", "k1");

        Assert.Equal("still_running",
            await client.Post("/v1/chat/completions", slow, key).ErrorCode(HttpStatusCode.GatewayTimeout));
        await Eventually.Is(async () =>
            (await client.Post("/v1/chat/completions", slow, key)).StatusCode == HttpStatusCode.OK);

        Assert.Equal(1, worker.Emulator.TimesBilled("k1"));
    }

    [Fact]
    public async Task Hanging_up_cancels_nothing()
    {
        await using var worker = await web.Start();
        using (var client = web.Client())
        {
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var call = client.PostAsync("/v1/chat/completions", new StringContent(
                Hello.Replace("\"m\"", "\"m+slow:1000\"", StringComparison.Ordinal), null, "application/json"),
                gone.Token);
            await Eventually.Is(() => worker.Emulator.Calls.Count > 0);
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        await Eventually.Is(() => worker.Emulator.Bill.Billed == 1);
    }

    [Theory]
    [InlineData("embeddings", """{"model":"m","stream":true,"input":"a"}""", "unsupported_parameter")]
    [InlineData("responses", """{"model":"m","stream":true,"background":true}""", "unsupported_parameter")]
    [InlineData("chat/completions", """{"model":"m","messages":""", "unreadable")]
    [InlineData("chat/completions", "[]", "unreadable")]
    public async Task What_is_no_call_is_refused_at_once(string path, string body, string code)
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        Assert.Equal(code, await client.Post($"/v1/{path}", body).ErrorCode(HttpStatusCode.BadRequest));
        Assert.Empty(worker.Emulator.Calls);
    }

    [Fact]
    public async Task Models_are_those_that_were_used_and_those_with_a_price()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        await client.Post("/v1/chat/completions", Hello.Replace("\"m\"", "\"org/own\"", StringComparison.Ordinal));

        var names = (await client.Get("/v1/models").Json()).GetProperty("data").EnumerateArray()
            .Select(model => model.GetProperty("id").GetString()).ToList();

        Assert.Contains("org/own", names);
        Assert.Contains("gpt-6-luna", names);
        Assert.Equal("model", (await client.Get("/v1/models/org/own").Json()).GetProperty("object").GetString());
        Assert.Equal("model", (await client.Get("/v1/models/org%2Fown").Json()).GetProperty("object").GetString());
        Assert.Equal("model_not_found", await client.Get("/v1/models/none").ErrorCode(HttpStatusCode.NotFound));
    }

    public void Dispose() => web.Dispose();
}
