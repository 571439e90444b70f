using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Samples;

/// <summary>The handlers of <c>ops/samples</c>, called by a worker on a real broker.</summary>
public sealed class ToolSampleSpecs(WorkerScene scene, BrokerFixture broker)
    : IClassFixture<WorkerScene>, IClassFixture<BrokerFixture>
{
    const string Anywhere =
        """{"type":"object","properties":{"latitude":{"type":"number","minimum":60},"dayOfYear":"""
            + """{"type":"integer","minimum":172}}}""";
    const string Nowhere = """{"type":"object","properties":{"city":{"type":"string"}}}""";

    [Theory]
    [InlineData("dotnet")]
    [InlineData("python")]
    public async Task The_model_hears_what_a_sample_answers(string language) =>
        Assert.Contains("""{"hours":18.49}""", await Told(language, Anywhere));

    [Theory]
    [InlineData("dotnet")]
    [InlineData("python")]
    public async Task The_model_hears_why_a_sample_has_no_answer(string language) =>
        Assert.StartsWith("{\"error\":\"", await Told(language, Nowhere));

    // The model received it in the next call.
    async Task<string> Told(string language, string parameters)
    {
        var job = Guid.NewGuid().ToString("N");
        using var handler = SampleProgram.Answer(language,
            new Dictionary<string, string> { ["AMQP_URL"] = $"{broker.Uri}", ["QUEUE"] = $"tools.{job}" });
        try
        {
            Assert.Equal($"answers calls in tools.{job}",
                await handler.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            await scene.Client.Publish("message-model", $$"""
                {"jobId":"{{job}}","model":"m","messages":[{"text":"Ask daylight."}],"tools":[{"function":{"name":"daylight","queue":"tools.{{job}}","parameters":{{parameters}} } }]}
                """);
            Assert.Equal("completed", (await scene.Client.Ending(job)).Body.GetProperty("ending").GetString());
        }
        finally
        {
            handler.Kill();
            await handler.WaitForExitAsync(TestContext.Current.CancellationToken);
            await Delete($"tools.{job}");
        }
        return scene.Emulator.Calls.Last(call => call.Job == job).Body.GetProperty("input")[0].GetProperty("output")
            .GetString()!.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal);
    }

    async Task Delete(string queue)
    {
        await using var connection = await broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(queue, false, false);
        await channel.ExchangeDeleteAsync(queue);
    }
}
