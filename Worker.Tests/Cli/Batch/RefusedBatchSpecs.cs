using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Batch;

/// <summary>A batch that cannot begin or continue says why in one sentence.</summary>
public sealed class RefusedBatchSpecs : TerminalScene
{
    [Fact]
    public async Task An_address_that_does_not_answer_is_one_sentence()
    {
        scene.Given(BatchScene.Job("a"));

        var screen = await Terminal.Run(120, Batch("--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:9/v1"));

        Assert.Equal(2, screen.ExitCode);
        Assert.Contains("Nothing was sent.", screen.Text);
        Assert.Contains("--wait", screen.Text);
        Assert.False(File.Exists(scene.Output));
    }

    [Fact]
    public async Task A_wrong_key_is_one_sentence()
    {
        scene.Given(BatchScene.Job("a"));

        var screen = await Terminal.Run(120, Batch("--OpenAI:Credentials:default:ApiKey=sk-invalid"));

        Assert.Equal(2, screen.ExitCode);
        Assert.Contains("the key is refused", screen.Text);
        Assert.DoesNotContain(emulator.Calls, call => call.Path.EndsWith("responses", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Few_open_files_are_a_sentence()
    {
        scene.Given(BatchScene.Job("a"));

        var (exitCode, said) = await ForeignProgram.Run("bash", "",
            ["-c", $"""ulimit -n 100; dotnet '{WorkerProgram.Path}' {string.Join(' ', Batch())}"""],
            new Dictionary<string, string>());

        Assert.InRange(exitCode, 0, 2);
        Assert.DoesNotContain("   at ", said);
    }

    [Fact]
    public async Task An_output_that_is_full_is_told_once()
    {
        scene.Given(BatchScene.Job("a"));
        scene.Output = "/dev/full";

        var (exitCode, said) = await ForeignProgram.Run("dotnet", "", [WorkerProgram.Path, .. Batch()],
            new Dictionary<string, string>());

        Assert.Equal(1, exitCode);
        Assert.Contains("/dev/full cannot be written: No space left on device. ", said);
        Assert.Equal(2, said.Split("No space left").Length);
    }
}
