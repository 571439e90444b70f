using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Tools;

/// <summary>A function whose handler fails, is missing, or is not allowed.</summary>
public sealed class BusToolFailureSpecs(WorkerScene scene, BrokerFixture broker) : BusToolScene(scene)
{
    [Theory]
    [InlineData("""{"error":"The station is closed."}""", """{"error":"The station is closed."}""")]
    [InlineData("{}", """{"error":"The tool returned an empty answer."}""")]
    [InlineData(null, """{"error":"The tool did not answer in time."}""")]
    public async Task A_function_that_fails_is_told_to_the_model(string? answer, string told)
    {
        var (job, queue) = Names();
        await using var tool = await BusTool.Start(broker, queue, _ => answer);

        await Scene.Client.Publish("message-model",
            Asking(job, "weather", [("weather", queue)], function: ""","timeout":"00:00:01" """));
        var ending = (await Scene.Client.Ending(job)).Body;

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

        await Scene.Client.Publish("message-model", Asking(job, "weather", [("weather", queue)]));
        var ending = (await Scene.Client.Ending(job)).Body;

        Assert.Equal("completed", ending.GetProperty("ending").GetString());
        Assert.Contains("allowed: up to 65536 characters",
            Assert.Single(LastInput(job)).GetProperty("output").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_whose_handlers_queue_is_full_fails_the_job_with_the_cure()
    {
        var (job, queue) = Names();
        await FullQueue.Declare(Scene.Client.Channel, queue, "classic");

        await Scene.Client.Publish("message-model",
            Asking(job, "weather", [("weather", queue)], ""","maxRetries":0 """));
        var failure = (await Scene.Client.Ending(job)).Body;

        Assert.Equal("tool_unreachable", failure.GetProperty("code").GetString());
        Assert.Contains($"its queue '{queue}' accepts nothing", failure.GetProperty("message").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_without_a_handler_fails_the_job_with_the_cure()
    {
        var (job, queue) = Names();

        await Scene.Client.Publish("message-model",
            Asking(job, "weather", [("weather", queue)], ""","maxRetries":0 """));
        var failure = (await Scene.Client.Ending(job)).Body;

        Assert.Equal("tool_unreachable", failure.GetProperty("code").GetString());
        Assert.Contains(queue, failure.GetProperty("message").GetString());
        Assert.Equal(1, Scene.Emulator.TimesBilled(job));
    }

    [Fact]
    public async Task A_message_names_no_queue_but_those_of_functions()
    {
        var (job, _) = Names();
        var jobs = $"{Scene.Prefix}.message-model";

        await Scene.Client.Publish("message-model", Asking(job, "weather", [("weather", jobs)]));
        var failure = (await Scene.Client.Ending(job)).Body;

        Assert.Equal(
            $"tools[0].function.queue is '{jobs}'; allowed: names of up to 255 characters that begin with "
                + "'tools.' (Tools:QueuePrefix).", failure.GetProperty("message").GetString());
        Assert.Equal(0, Scene.Emulator.TimesBilled(job));
    }

    [Fact]
    public async Task Half_of_the_calls_are_never_the_callers()
    {
        var (job, queue) = Names();
        await using var tool = await BusTool.Start(broker, queue, _ => Found);

        await Scene.Client.Publish("message-model",
            Asking(job, "weather and traffic", [("weather", queue), ("traffic", null)]));
        var answer = (await Scene.Client.Ending(job)).Body;

        Assert.Equal(2, answer.GetProperty("toolCalls").GetArrayLength());
        Assert.Empty(tool.Calls);
    }
}
