using System.Text.Json;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Tools;

/// <summary>Functions whose handlers have queues on a real broker.</summary>
public sealed class BusToolSpecs(WorkerScene scene, BrokerFixture broker)
    : IClassFixture<WorkerScene>, IClassFixture<BrokerFixture>
{
    const string Found = """{"json":{"degrees":12}}""";

    [Theory]
    [InlineData("responses", "")]
    [InlineData("responses", ""","store":false """)]
    [InlineData("responses", ""","background":true """)]
    [InlineData("chatCompletions", "")]
    public async Task The_model_hears_what_its_function_answered(string api, string more)
    {
        var (job, queue) = Names();
        await using var tool = await BusTool.Start(broker, queue, _ => Found);

        await scene.Client.Publish("message-model",
            Asking(job, "How is the weather?", [("weather", queue)],
                $$""","api":"{{api}}"{{more}},"metadata":{"tenant":"7"}"""));
        var answer = (await scene.Client.Ending(job)).Body;

        Assert.Contains("degrees", answer.GetProperty("text").GetString());
        var call = Assert.Single(tool.Calls);
        Assert.Equal(("weather", job, "example", "7"),
            (call.Name, call.JobId, call.Arguments.GetProperty("city").GetString(), call.Metadata!["tenant"]));
        Assert.Equal(2, scene.Emulator.TimesBilled(job));
        Assert.Equal(scene.Emulator.Calls.Where(call => call.Job == job).Sum(call => call.Charge),
            answer.GetProperty("usage").GetProperty("inputTokens").GetInt64());
    }

    [Fact]
    public async Task Functions_of_one_round_are_called_together_and_each_is_told_apart()
    {
        var (job, queue) = Names();
        await using var tool = await BusTool.Start(broker, queue,
            call => call.Name == "weather" ? """{"text":"sunny"}""" : """{"text":"a jam"}""");

        await scene.Client.Publish("message-model",
            Asking(job, "weather and traffic", [("weather", queue), ("traffic", queue)]));
        await scene.Client.Ending(job);

        Assert.Equal(["traffic", "weather"], tool.Calls.Select(call => call.Name).Order());
        Assert.Equal(2, tool.Calls.Select(call => call.CallId).Distinct().Count());
        Assert.Equal(["sunny", "a jam"], LastInput(job).Select(item => item.GetProperty("output").GetString()));
    }

    [Fact]
    public async Task Rounds_follow_each_other_with_calls_of_other_names()
    {
        var (job, queue) = Names();
        await using var tool = await BusTool.Start(broker, queue,
            call => call.Name == "weather" ? """{"text":"now ask traffic"}""" : """{"text":"all clear"}""");

        await scene.Client.Publish("message-model", Asking(job, "weather", [("weather", queue), ("traffic", queue)]));
        var answer = (await scene.Client.Ending(job)).Body;

        Assert.Equal(["weather", "traffic"], tool.Calls.Select(call => call.Name));
        Assert.Equal(2, tool.Calls.Select(call => call.CallId).Distinct().Count());
        Assert.Contains("all clear", answer.GetProperty("text").GetString());
        Assert.Equal(3, scene.Emulator.TimesBilled(job));
    }

    [Fact]
    public async Task Where_the_rounds_are_used_up_the_caller_gets_the_calls()
    {
        var (job, queue) = Names();
        await using var tool = await BusTool.Start(broker, queue, _ => """{"text":"ask weather again"}""");

        await scene.Client.Publish("message-model",
            Asking(job, "weather", [("weather", queue)], ""","maxToolRounds":2 """));
        var answer = (await scene.Client.Ending(job)).Body;

        Assert.Equal("weather", answer.GetProperty("toolCalls")[0].GetProperty("name").GetString());
        Assert.Equal(2, tool.Calls.Count);
    }

    [Theory]
    [InlineData("""{"error":"The station is closed."}""", """{"error":"The station is closed."}""")]
    [InlineData("{}", """{"error":"The tool answered nothing."}""")]
    [InlineData(null, """{"error":"The tool did not answer in time."}""")]
    public async Task A_function_that_fails_is_told_to_the_model(string? answer, string told)
    {
        var (job, queue) = Names();
        await using var tool = await BusTool.Start(broker, queue, _ => answer);

        await scene.Client.Publish("message-model",
            Asking(job, "weather", [("weather", queue)], function: ""","timeout":"00:00:01" """));
        var ending = (await scene.Client.Ending(job)).Body;

        Assert.Equal("completed", ending.GetProperty("ending").GetString());
        Assert.Equal(told, Assert.Single(LastInput(job)).GetProperty("output").GetString());
    }

    [Theory]
    [InlineData(false, 100_000)]
    [InlineData(false, 2_000_000)]
    [InlineData(true, 2_000_000)]
    public async Task An_answer_that_is_too_long_is_told_to_the_model_whichever_way_it_names_its_call(
        bool isNamedInside, int length)
    {
        var (job, queue) = Names();
        var text = new string('x', length);
        await using var tool = await BusTool.Start(broker, queue,
            call => isNamedInside
                ? $$"""{"text":"{{text}}","callId":"{{call.CallId}}"}"""
                : $$"""{"text":"{{text}}"}""", names: !isNamedInside);

        await scene.Client.Publish("message-model", Asking(job, "weather", [("weather", queue)]));
        var ending = (await scene.Client.Ending(job)).Body;

        Assert.Equal("completed", ending.GetProperty("ending").GetString());
        Assert.Contains("allowed are up to 65536 characters",
            Assert.Single(LastInput(job)).GetProperty("output").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_whose_handlers_queue_is_full_fails_the_job_with_the_cure()
    {
        var (job, queue) = Names();
        await FullQueue.Declare(scene.Client.Channel, queue, "classic");

        await scene.Client.Publish("message-model",
            Asking(job, "weather", [("weather", queue)], ""","maxRetries":0 """));
        var failure = (await scene.Client.Ending(job)).Body;

        Assert.Equal("tool_unreachable", failure.GetProperty("code").GetString());
        Assert.Contains($"its queue '{queue}' takes nothing", failure.GetProperty("message").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_without_a_handler_fails_the_job_with_the_cure()
    {
        var (job, queue) = Names();

        await scene.Client.Publish("message-model",
            Asking(job, "weather", [("weather", queue)], ""","maxRetries":0 """));
        var failure = (await scene.Client.Ending(job)).Body;

        Assert.Equal("tool_unreachable", failure.GetProperty("code").GetString());
        Assert.Contains(queue, failure.GetProperty("message").GetString());
        Assert.Equal(1, scene.Emulator.TimesBilled(job));
    }

    [Fact]
    public async Task A_message_names_no_queue_but_those_of_functions()
    {
        var (job, _) = Names();
        var jobs = $"{scene.Prefix}.message-model";

        await scene.Client.Publish("message-model", Asking(job, "weather", [("weather", jobs)]));
        var failure = (await scene.Client.Ending(job)).Body;

        Assert.Equal(
            $"tools[0].function.queue is '{jobs}', allowed are names of up to 255 characters that begin with "
                + "'tools.' (Tools:QueuePrefix).", failure.GetProperty("message").GetString());
        Assert.Equal(0, scene.Emulator.TimesBilled(job));
    }

    [Fact]
    public async Task Half_of_the_calls_are_never_the_callers()
    {
        var (job, queue) = Names();
        await using var tool = await BusTool.Start(broker, queue, _ => Found);

        await scene.Client.Publish("message-model",
            Asking(job, "weather and traffic", [("weather", queue), ("traffic", null)]));
        var answer = (await scene.Client.Ending(job)).Body;

        Assert.Equal(2, answer.GetProperty("toolCalls").GetArrayLength());
        Assert.Empty(tool.Calls);
    }

    [Fact]
    public async Task A_worker_that_dies_while_a_function_works_costs_nothing_twice()
    {
        var (job, queue) = Names();
        var prefix = BrokerFixture.NewPrefix();
        await using var emulator = await OpenAIEmulator.Start();
        await using var tool = await BusTool.Start(broker, queue, _ => null);
        await using var client = await Begin(prefix, emulator,
            Asking(job, "weather", [("weather", queue)], function: ""","timeout":"00:01:00" """),
            () => tool.Calls.Count == 1);

        await tool.Answer($"{prefix}.tool-answers", tool.Calls[0], Found);
        await using var second = await BrokerWorker.Start(broker, prefix, emulator);
        var answer = await client.Ending(job);

        Assert.Contains("degrees", answer.Body.GetProperty("text").GetString());
        Assert.Single(tool.Calls.Select(call => call.CallId).Distinct());
        Assert.Equal(2, emulator.TimesBilled(job));
    }

    // A worker begins the job, and is gone.
    async Task<AmqpClient> Begin(string prefix, OpenAIEmulator emulator, string job, Func<bool> isFar)
    {
        await using var first = await BrokerWorker.Start(broker, prefix, emulator);
        var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("message-model", job);
        await Eventually.Is(isFar);
        return client;
    }

    static (string Job, string Queue) Names()
    {
        var job = Guid.NewGuid().ToString("N");
        return (job, $"tools.{job}");
    }

    static string Asking(string job, string text, IEnumerable<(string Name, string? Queue)> functions, string more = "",
        string function = "") => $$"""
        {"jobId":"{{job}}","model":"m","messages":[{"text":"{{text}}"}],"tools":[{{string.Join(',', functions.Select(each => Function(each.Name, each.Queue, function)))}}]{{more}}}
        """;

    static string Function(string name, string? queue, string more)
    {
        var handler = queue is null ? "" : $",\"queue\":\"{queue}\"";
        const string parameters = """{"type":"object","properties":{"city":{"type":"string"}}}""";
        return $$"""{"function":{"name":"{{name}}","parameters":{{parameters}}{{handler}}{{more}} } }""";
    }

    List<JsonElement> LastInput(string job) =>
        [.. scene.Emulator.Calls.Last(call => call.Job == job).Body.GetProperty("input").EnumerateArray()];
}
