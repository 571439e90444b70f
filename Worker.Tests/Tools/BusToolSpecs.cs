using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Tools;

/// <summary>Functions whose handlers have queues on a real broker.</summary>
public sealed class BusToolSpecs(WorkerScene scene, BrokerFixture broker) : BusToolScene(scene)
{
    [Theory]
    [InlineData("responses", "")]
    [InlineData("responses", ""","store":false """)]
    [InlineData("responses", ""","background":true """)]
    [InlineData("chatCompletions", "")]
    public async Task The_model_hears_what_its_function_answered(string api, string more)
    {
        var (job, queue) = Names();
        await using var tool = await BusTool.Start(broker, queue, _ => Found);

        await Scene.Client.Publish("message-model",
            Asking(job, "How is the weather?", [("weather", queue)],
                $$""","api":"{{api}}"{{more}},"metadata":{"tenant":"7"}"""));
        var answer = (await Scene.Client.Ending(job)).Body;

        Assert.Contains("degrees", answer.GetProperty("text").GetString());
        var call = Assert.Single(tool.Calls);
        Assert.Equal(("weather", job, "example", "7"),
            (call.Name, call.JobId, call.Arguments.GetProperty("city").GetString(), call.Metadata!["tenant"]));
        Assert.Equal(2, Scene.Emulator.TimesBilled(job));
        Assert.Equal(Scene.Emulator.Calls.Where(call => call.Job == job).Sum(call => call.Charge),
            answer.GetProperty("usage").GetProperty("inputTokens").GetInt64());
    }

    [Fact]
    public async Task Functions_of_one_round_are_called_together_and_each_is_told_apart()
    {
        var (job, queue) = Names();
        await using var tool = await BusTool.Start(broker, queue,
            call => call.Name == "weather" ? """{"text":"sunny"}""" : """{"text":"a jam"}""");

        await Scene.Client.Publish("message-model",
            Asking(job, "weather and traffic", [("weather", queue), ("traffic", queue)]));
        await Scene.Client.Ending(job);

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

        await Scene.Client.Publish("message-model", Asking(job, "weather", [("weather", queue), ("traffic", queue)]));
        var answer = (await Scene.Client.Ending(job)).Body;

        Assert.Equal(["weather", "traffic"], tool.Calls.Select(call => call.Name));
        Assert.Equal(2, tool.Calls.Select(call => call.CallId).Distinct().Count());
        Assert.Contains("all clear", answer.GetProperty("text").GetString());
        Assert.Equal(3, Scene.Emulator.TimesBilled(job));
    }

    [Fact]
    public async Task Where_the_rounds_are_used_up_the_caller_gets_the_calls()
    {
        var (job, queue) = Names();
        await using var tool = await BusTool.Start(broker, queue, _ => """{"text":"ask weather again"}""");

        await Scene.Client.Publish("message-model",
            Asking(job, "weather", [("weather", queue)], ""","maxToolRounds":2 """));
        var answer = (await Scene.Client.Ending(job)).Body;

        Assert.Equal("weather", answer.GetProperty("toolCalls")[0].GetProperty("name").GetString());
        Assert.Equal(2, tool.Calls.Count);
    }

    [Fact]
    public async Task A_worker_that_dies_while_a_function_works_costs_nothing_twice()
    {
        var (job, queue) = Names();
        var prefix = broker.CommonPrefix();
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

    // A worker begins the job and is then gone.
    async Task<AmqpClient> Begin(string prefix, OpenAIEmulator emulator, string job, Func<bool> isFar)
    {
        await using var first = await BrokerWorker.Start(broker, prefix, emulator);
        var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("message-model", job);
        await Eventually.Is(isFar);
        return client;
    }
}
