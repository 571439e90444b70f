using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Cli.Batch;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli;

/// <summary>
/// A program whose standard streams are closed, as by a service manager or cron: no file gets what was meant for them.
/// </summary>
public sealed class ClosedStreamSpecs : IAsyncLifetime
{
    const string Unwritable = "The output cannot be written: Bad file descriptor.";

    readonly BatchScene scene = new();
    OpenAIEmulator emulator = null!;

    public async ValueTask InitializeAsync() => emulator = await OpenAIEmulator.Start();

    int Calls => emulator.Calls.Count(call => call.Path.EndsWith("responses", StringComparison.Ordinal));

    [Theory]
    [InlineData("2>&-")]
    [InlineData(">&-")]
    [InlineData(">&- 2>&-")]
    [InlineData("<&- >&- 2>&-")]
    [InlineData(">/dev/full 2>/dev/full")]
    [InlineData("2</dev/null")]
    public async Task A_batch_writes_its_endings_and_nothing_else(string streams)
    {
        scene.Given(BatchScene.Job("a"), BatchScene.Job("b"), BatchScene.Job("c", model: "m+status:404"));

        var (exitCode, _) = await Shell($"worker batch jobs.jsonl -o results.jsonl $SETTINGS {streams}");

        Assert.Equal(1, exitCode);
        Assert.Equal(3, scene.Endings.Count);
        Assert.Equal(3, Calls);
    }

    [Theory]
    [InlineData("check $SETTINGS")]
    [InlineData("settings")]
    [InlineData("--help")]
    [InlineData("web token me")]
    [InlineData("payload put jobs.jsonl $SETTINGS --Payloads:Folder=payloads")]
    [InlineData("send message-model Hello --model m --wait $SETTINGS")]
    [InlineData("batch jobs.jsonl -o - $SETTINGS")]
    public async Task A_closed_output_is_one_sentence_and_nothing_is_paid(string words)
    {
        scene.Given(BatchScene.Job("a"));

        Assert.Equal((1, Unwritable), await Shell($"worker {words} >&-"));
        Assert.Equal(0, Calls);
    }

    [Theory]
    [InlineData("<&- >&-", Unwritable)]
    [InlineData(">&- 2>&-", "")]
    [InlineData("1</dev/null", Unwritable)]
    public async Task However_it_is_closed(string streams, string says) =>
        Assert.Equal((1, says), await Shell($"worker settings Web:Port {streams}"));

    [Theory]
    [InlineData("settings nonsense", 2)]
    [InlineData("check --Delivery:Concurrency=none", 2)]
    [InlineData("jobs list --Storage:Path=/nowhere/worker.db", 2)]
    [InlineData("", 2)]
    [InlineData("settings Web:Port", 0)]
    [InlineData("send message-model Hello --model m+status:404 --wait $SETTINGS", 1)]
    public async Task A_closed_error_changes_no_exit_code(string words, int ends) =>
        Assert.Equal(ends, (await Shell($"worker {words} 2>&-")).ExitCode);

    [Theory]
    [InlineData("batch - -o results.jsonl $SETTINGS")]
    [InlineData("payload put - $SETTINGS --Payloads:Folder=payloads")]
    [InlineData("send message-model - --model m --wait $SETTINGS")]
    public async Task A_closed_input_is_not_an_empty_one(string words) =>
        Assert.Equal((2, "Standard input is closed. Name a file, or send the content through a pipe."),
            await Shell($"worker {words} <&-"));

    Task<(int ExitCode, string Said)> Shell(string line) => ForeignProgram.Run("bash", scene.Folder,
        ["-c", $"worker() {{ dotnet $WORKER \"$@\"; }}; {line}"],
        new Dictionary<string, string>
        {
            ["WORKER"] = WorkerProgram.Path,
            ["SETTINGS"] = string.Join(' ', TestSettings.For(emulator)),
            ["OPENAI_API_KEY"] = "",
        });

    public ValueTask DisposeAsync()
    {
        scene.Dispose();
        return emulator.DisposeAsync();
    }
}
