using System.Diagnostics;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Samples;

/// <summary>The programs of <c>ops/samples</c>, run as their readers run them.</summary>
public sealed class SampleSpecs(WorkerScene scene, BrokerFixture broker) : IClassFixture<WorkerScene>, IClassFixture<BrokerFixture>
{
    const string Python = "/usr/bin/python3";

    // Debian's own Python has Debian's packages; another one on the PATH may not.
    static string PythonProgram => File.Exists(Python) ? Python : "python3";

    [Theory]
    [InlineData("dotnet")]
    [InlineData("python")]
    [InlineData("node")]
    [InlineData("shell")]
    public async Task Who_asks_gets_an_answer(string language)
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
    public async Task Who_asks_in_vain_hears_why(string language)
    {
        var (code, said) = await Ask(language, "m+status:404", "x");

        Assert.True(code == 1, said);
        Assert.Contains("model_not_found", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("python")]
    [InlineData("node")]
    public async Task Who_asks_a_provider_that_wants_a_pause_is_told_to_wait(string language)
    {
        var (code, said) = await Ask(language, "m+status:429#1+retry-after:1", "x");

        Assert.True(code == 0, said);
        Assert.Contains("rate_limited", said, StringComparison.Ordinal);
    }

    async Task<(int Code, string Said)> Ask(string language, string model, string question)
    {
        _ = broker.Version; // Skips without a broker.
        var (program, arguments) = ProgramOf(language);
        using var process = Process.Start(new ProcessStartInfo(program, [.. arguments, question])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["AMQP_URL"] = $"{broker.Uri}", ["PREFIX"] = scene.Prefix, ["MODEL"] = model,
                ["MANAGEMENT_URL"] = language == "shell" ? $"{broker.Management}".TrimEnd('/') : "",
            },
        })!;
        var said = await process.Output();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said);
    }

    static (string Program, IReadOnlyList<string> Arguments) ProgramOf(string language)
    {
        switch (language)
        {
            case "dotnet":
                var build = new DirectoryInfo(AppContext.BaseDirectory);
                return ("dotnet", [Repository.PathOf($"ops/samples/dotnet/bin/{build.Parent!.Name}/{build.Name}/ask.dll")]);
            case "python":
                ForeignProgram.Needs(PythonProgram, "/usr/lib/python3/dist-packages/pika", "apt-get install python3-pika, as ops/test does");
                return (PythonProgram, [Repository.PathOf("ops/samples/python/ask.py")]);
            case "node":
                ForeignProgram.Needs("node", "ops/samples/node/node_modules", "npm ci --prefix ops/samples/node, as ops/test does");
                return ("node", [Repository.PathOf("ops/samples/node/ask.js")]);
            default:
                ForeignProgram.Needs("curl", "ops/samples/shell/ask.sh", "take the sample from the repository");
                return (Repository.PathOf("ops/samples/shell/ask.sh"), []);
        }
    }
}
