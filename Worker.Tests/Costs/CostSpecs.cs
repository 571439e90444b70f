using Microsoft.AspNetCore.Http;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Telemetry;

namespace OpenAIWorker.Tests.Costs;

/// <summary>
/// Usage and cost in endings and metrics. Each test has its own model, because meters belong to the process.
/// </summary>
public sealed class CostSpecs
{
    const string Answered =
        """{"model":"MODEL","choices":[{"message":{"content":"no JSON"}}],"usage":{"prompt_tokens":"""
            + """100,"completion_tokens":20,"prompt_tokens_details":{"cached_tokens":"""
            + """40},"completion_tokens_details":{"reasoning_tokens":5}}}""";
    const string BilledForNothing =
        """{"model":"MODEL","error":{"message":"Try again.","code":"server_error"},"usage":{"prompt_tokens":"""
            + """1000,"completion_tokens":0}}""";

    [Fact]
    public async Task A_result_says_what_it_used_and_cost()
    {
        await using var provider = await Provider("priced", Answered);
        await using var worker = await Start(provider, "priced");

        var answer = await worker.Answer(Ask("priced"));

        Assert.Equal((new Usage
        {
            InputTokens = 100,
            OutputTokens = 20,
            CachedTokens = 40,
            ReasoningTokens = 5,
            TotalTokens = 120
        }, new Cost { Amount = 0.00018m, Currency = "USD" }),
            (answer.Usage!, answer.Cost!));
    }

    [Fact]
    public async Task Attempts_that_were_billed_and_failed_are_in_the_sum_and_in_the_metrics()
    {
        using var measured = new Measured();
        await using var provider = await Provider("twice", Answered, BilledForNothing, Answered);
        await using var worker = await Start(provider, "twice");
        // Metrics name a model once a provider has answered for it.
        await worker.Answer(Ask("twice"));

        var answer = await worker.Answer(Ask("twice"));

        Assert.Equal((2, 1_100, 20, 0.00118m),
            (answer.Attempts, answer.Usage!.InputTokens, answer.Usage.OutputTokens, answer.Cost!.Amount));
        Assert.Equal([1_120, 80, 30, 10],
            new[] { "input", "cached", "output", "reasoning" }
                .Select(kind => measured.Sum("openai_worker.tokens", ("model", "twice"), ("kind", kind))));
        Assert.Equal(0.00136, measured.Sum("openai_worker.cost", ("model", "twice")), 9);
        Assert.Equal(0, measured.Sum("openai_worker.cost.unknown", ("model", "twice")));
    }

    [Fact]
    public async Task A_job_that_is_given_up_says_what_it_cost_all_the_same()
    {
        await using var provider = await Provider("in vain", Answered);
        await using var worker = await Start(provider, "in vain");

        var failed = await worker.Failure(Ask("in vain") with { Output = new() { Type = OutputType.JsonObject } });

        Assert.Equal((FailureCodes.OutputNotJson, 120, 0.00018m),
            (failed.Code, failed.Usage!.TotalTokens, failed.Cost!.Amount));
    }

    [Fact]
    public async Task A_job_that_was_never_called_used_nothing()
    {
        await using var worker = await EmbeddedWorker.Start();

        var failed = await worker.Failure(Ask("never") with { Temperature = 99 });

        Assert.Equal((null, null), (failed.Usage, failed.Cost));
    }

    [Theory]
    [InlineData("unpriced", "no_price", Answered)]
    [InlineData("unused", "no_usage", """{"choices":[{"message":{"content":"x"}}]}""")]
    public async Task A_cost_that_is_not_known_is_counted_as_such(string model, string reason, string body)
    {
        using var measured = new Measured();
        await using var provider = await Provider(model, body);
        await using var worker = await Start(provider, "another");

        var answer = await worker.Answer(Ask(model));

        Assert.Null(answer.Cost);
        Assert.Equal(1, measured.Sum("openai_worker.cost.unknown", ("model", model), ("reason", reason)));
        Assert.Equal(0, measured.Sum("openai_worker.cost", ("model", model)));
    }

    static MessageModel Ask(string model) =>
        new() { Model = model, Api = ModelApi.ChatCompletions, Messages = [new() { Text = "Give me JSON" }] };

    // The last answer is repeated.
    static Task<FileHost> Provider(string model, params IReadOnlyList<string> bodies)
    {
        var calls = 0;
        return FileHost.Start(http =>
        {
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync(
                bodies[Math.Min(calls++, bodies.Count - 1)].Replace("MODEL", model, StringComparison.Ordinal));
        });
    }

    static Task<EmbeddedWorker> Start(FileHost provider, string priced) => EmbeddedWorker.Start(
        $"--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:{provider.Port}/v1",
        $"--Costs:Prices:it:Models={priced}", "--Costs:Prices:it:Input=1", "--Costs:Prices:it:CachedInput=1",
        "--Costs:Prices:it:Output=4");
}
