using System.Diagnostics;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli;

/// <summary>The program from outside: how it starts, how it ends, and what it says when it cannot start.</summary>
public sealed class StartSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    static readonly IReadOnlyList<string> Needed = ["--OpenAI:Credentials:default:ApiKey=any",
        "--Payloads:Folder=/tmp/openai-worker-tests"];

    readonly string prefix = BrokerFixture.NewPrefix();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Missing_virtual_host_ends_every_verb_in_a_sentence()
    {
        var uri = new UriBuilder(broker.Uri) { Path = "/no-such-host" }.Uri;

        foreach (var words in new[] { Array.Empty<string>(), ["dead", "list"], ["watch"],
            ["send", "classify-text", "x"] })
        {
            var (code, said) = await Answered(uri, words);

            Assert.True(code is 1 or 2, $"{code}: {said}");
            Assert.Contains("virtual host", Assert.Single(said), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Check_says_that_the_virtual_host_is_missing()
    {
        var (code, said) = await Answered(new UriBuilder(broker.Uri) { Path = "/no-such-host" }.Uri, "check",
            "--connect");

        Assert.Equal(1, code);
        Assert.Contains(said, line => line.StartsWith("FAILED broker", StringComparison.Ordinal)
            && line.Contains("virtual host", StringComparison.Ordinal));
        Assert.DoesNotContain(said, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refused_user_ends_the_start_in_a_sentence()
    {
        var (code, said) = await Answered(new UriBuilder(broker.Uri) { Password = "wrong" }.Uri);

        Assert.Equal(2, code);
        Assert.Contains("refuses the user", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_that_another_holds_alone_is_named_by_the_start_and_by_check()
    {
        await using var connection = await broker.Connect();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        await channel.QueueDeclareAsync($"{prefix}.message-model", durable: false, exclusive: true, autoDelete: false,
            cancellationToken: Cancellation);

        var (code, said) = await Run(broker.Uri);
        var (checkCode, checkSaid) = await Run(broker.Uri, "check", "--connect");

        Assert.Equal((2, 1), (code, checkCode));
        Assert.Contains($"{prefix}.message-model", Assert.Single(said), StringComparison.Ordinal);
        Assert.Contains(checkSaid, line => line.StartsWith("FAILED broker", StringComparison.Ordinal)
            && line.Contains("RESOURCE_LOCKED", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_worker_that_is_stopped_while_it_waits_for_its_broker_ends_well()
    {
        var (code, said) = await StoppedAt("Waiting for the broker", $"amqp://127.0.0.1:{FreePort.Next()}");

        Assert.Equal(0, code);
        Assert.Contains("Stopped", said[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(said, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_worker_says_what_it_is_and_that_it_has_stopped()
    {
        var (code, said) = await StoppedAt("OpenAI Worker", broker.Uri.OriginalString);

        Assert.Equal(0, code);
        var line = Assert.Single(said, line => line.Contains("OpenAI Worker", StringComparison.Ordinal));
        Assert.Contains($"{broker.Uri.Host}:{broker.Uri.Port}", line, StringComparison.Ordinal);
        Assert.Contains($"queues {prefix}.*, with the credentials default", line, StringComparison.Ordinal);
        Assert.DoesNotContain("guest:", line, StringComparison.Ordinal);
        Assert.Contains("Stopped", said[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_without_the_web_loads_nothing_of_ASPNET()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows the files that a process has loaded.");
        var loaded = "";

        await StoppedAt("OpenAI Worker", broker.Uri.OriginalString,
            worker => loaded = File.ReadAllText($"/proc/{worker.Id}/maps"));

        Assert.Contains("MassTransit.dll", loaded, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"/Microsoft\.AspNetCore\.[\w.]+\.dll", loaded);
    }

    // A busy broker may take longer to refuse than the worker waits, which the worker tells. Then it is asked again.
    async Task<(int Code, IReadOnlyList<string> Said)> Answered(Uri uri, params string[] words)
    {
        var run = await Run(uri, words);
        for (var tries = 1; tries < 5 && run.Said.Any(IsOfASilentBroker); tries++)
            run = await Run(uri, words);
        return run;
    }

    static bool IsOfASilentBroker(string line) =>
        line.Contains("does not answer", StringComparison.Ordinal) || line.Contains("No broker answers",
            StringComparison.Ordinal);

    async Task<(int Code, IReadOnlyList<string> Said)> Run(Uri uri, params string[] words)
    {
        using var process = Start(uri.OriginalString, words);
        process.StandardInput.Close();
        var said = await process.Output().WaitAsync(Patience, Cancellation);
        await process.WaitForExitAsync(Cancellation).WaitAsync(Patience, Cancellation);
        return (process.ExitCode, Lines(said));
    }

    async Task<(int Code, IReadOnlyList<string> Said)> StoppedAt(string words, string uri,
        Action<Process>? look = null)
    {
        using var process = Start(uri);
        var said = new List<string>();
        while (await process.StandardError.ReadLineAsync(Cancellation).AsTask()
            .WaitAsync(Patience, Cancellation) is { } line)
        {
            said.Add(line);
            if (line.Contains(words, StringComparison.Ordinal))
                break;
        }
        look?.Invoke(process);
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync(Cancellation);
        said.AddRange(Lines(await process.StandardError.ReadToEndAsync(Cancellation)
            .WaitAsync(Patience, Cancellation)));
        await process.WaitForExitAsync(Cancellation).WaitAsync(Patience, Cancellation);
        return (process.ExitCode, said);
    }

    static string[] Lines(string said) => said.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    Process Start(string uri, params string[] words) => Process.Start(new ProcessStartInfo(
        "dotnet", [WorkerProgram.Path, .. words, $"--Broker:Uri={uri}", $"--Broker:Prefix={prefix}", .. Needed])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
