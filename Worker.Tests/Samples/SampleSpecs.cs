using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Samples;

/// <summary>The programs of <c>ops/samples</c>, run as their readers run them.</summary>
public sealed class SampleSpecs(WorkerScene scene, BrokerFixture broker)
    : IClassFixture<WorkerScene>, IClassFixture<BrokerFixture>
{
    [Theory]
    [InlineData("dotnet")]
    [InlineData("python")]
    [InlineData("node")]
    [InlineData("shell")]
    public async Task A_question_is_answered(string language)
    {
        var (code, said) = await Ask(language, "m", "Who \"keeps\" the light?");

        Assert.True(code == 0, said);
        Assert.Contains("keeps", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dotnet")]
    [InlineData("python")]
    [InlineData("node")]
    [InlineData("shell")]
    public async Task A_question_that_fails_is_answered_with_the_reason(string language)
    {
        var (code, said) = await Ask(language, "m+status:404", "x");

        Assert.True(code == 1, said);
        Assert.Contains("model_not_found", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("python")]
    [InlineData("node")]
    public async Task A_question_to_a_provider_that_wants_a_pause_is_told_to_wait(string language)
    {
        var (code, said) = await Ask(language, "m+status:429#1+retry-after:1", "x");

        Assert.True(code == 0, said);
        Assert.Contains("rate_limited", said, StringComparison.Ordinal);
    }

    async Task<(int Code, string Said)> Ask(string language, string model, string question)
    {
        _ = broker.Version; // Skips without a broker.
        using var process = SampleProgram.Ask(language, question, new Dictionary<string, string>
        {
            ["AMQP_URL"] = $"{broker.Uri}",
            ["PREFIX"] = scene.Prefix,
            ["MODEL"] = model,
            ["MANAGEMENT_URL"] = language == "shell" ? $"{broker.Management}".TrimEnd('/') : "",
        });
        var said = await process.Output();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said);
    }
}
