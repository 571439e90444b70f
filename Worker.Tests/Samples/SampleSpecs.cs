using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Samples;

/// <summary>The samples as their readers run them: each sends a job to a real worker, and tells how it ended.</summary>
public sealed class SampleSpecs(WorkerScene scene, BrokerFixture broker) : IClassFixture<WorkerScene>, IClassFixture<BrokerFixture>
{
    const string Folder = "ops/samples";

    [Fact]
    public async Task Python_sends_a_job_and_reads_its_ending() => await Answers(await Python(), "python", "job.py");

    [Fact]
    public async Task Node_sends_a_job_and_reads_its_ending() => await Answers(Node(), "node", "job.js");

    [Fact]
    public async Task Python_is_told_why_a_job_failed() => await IsToldWhy(await Python(), "python", "job.py");

    [Fact]
    public async Task Node_is_told_why_a_job_failed() => await IsToldWhy(Node(), "node", "job.js");

    [Fact]
    public async Task A_dotnet_program_publishes_and_subscribes()
    {
        await Answers("dotnet", "dotnet", DotNetSample);
        await IsToldWhy("dotnet", "dotnet", DotNetSample);

        await scene.Client.Delete([$"{scene.Prefix}-sample-answer", $"{scene.Prefix}-sample-failure"], []);
    }

    [Theory]
    [InlineData("m", 0, "Hello")]
    [InlineData("m+status:400", 1, "invalid_request")]
    [InlineData("m+status:500#1", 0, "It waits.")]
    public async Task Curl_is_enough_with_the_management_API(string model, int exitCode, string said)
    {
        await NeedsManagement();

        var (ended, told) = await Run("sh", "shell", ["job.sh", "message-model"], $$"""{"model":"{{model}}","messages":[{"text":"Hello “you”"}]}""");

        Assert.True(ended == exitCode, $"It ended with {ended}: {told}");
        Assert.Contains(said, told, StringComparison.Ordinal);
    }

    static string DotNetSample => WorkerProgram.Of($"{Folder}/dotnet", "dotnet-sample.dll");

    static Task<string> Python() =>
        ForeignProgram.FirstThatCan(["python3", "/usr/bin/python3"], ["-c", "import pika"], "There is no Python with pika: apt-get install python3-pika, as ops/test does.");

    static string Node()
    {
        ForeignProgram.Needs("node", $"{Folder}/node/node_modules", $"npm ci --prefix {Folder}/node, as ops/test does");
        return "node";
    }

    async Task Answers(string program, string folder, string file)
    {
        var (exitCode, said) = await Run(program, folder, [file, "m", "Hello"]);

        Assert.True(exitCode == 0, $"It ended with {exitCode}: {said}");
        Assert.Contains("Hello", said, StringComparison.Ordinal);
    }

    async Task IsToldWhy(string program, string folder, string file)
    {
        var (exitCode, said) = await Run(program, folder, [file, "m+status:400", "Hello"]);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("invalid_request: ", said, StringComparison.Ordinal);
    }

    Task<(int ExitCode, string Said)> Run(string program, string folder, IReadOnlyList<string> arguments, string input = "") =>
        ForeignProgram.Run(program, $"{Folder}/{folder}", arguments, new Dictionary<string, string>
        {
            ["OPENAI_WORKER_PREFIX"] = scene.Prefix,
            ["RABBITMQ_URI"] = $"{broker.Uri}",
            ["RABBITMQ_MANAGEMENT"] = $"{broker.Management}".TrimEnd('/'),
        }, input);

    async Task NeedsManagement() => await ForeignProgram.FirstThatCan(
        ["curl"], ["--silent", "--fail", $"{broker.Management}api/overview"], "There is no curl, or the broker has no management API at 10000 ports above its own; RABBITMQ_MANAGEMENT says where else.");
}
