using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Batch;

public sealed class TerminalSpecs : IDisposable
{
    readonly BatchScene scene = new();

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task A_batch_in_a_terminal_shows_a_bar_that_fits_and_ends_well(int columns)
    {
        await using var emulator = await OpenAIEmulator.Start(new());
        scene.Given(BatchScene.Job("a"), BatchScene.Job("b", model: "m+slow:400"));

        var screen = await Terminal.Run(columns, ["batch", scene.Input, "-o", scene.Output, .. TestSettings.For(emulator)]);

        Assert.Equal(0, screen.ExitCode);
        Assert.Contains("100%", screen.Text);
        Assert.Contains("2 succeeded", screen.Text);
        Assert.All(screen.Lines, line => Assert.True(line.Length <= columns, $"wider than {columns}: {line}"));
        Assert.Equal(2, scene.Endings.Count);
    }

    public void Dispose() => scene.Dispose();
}
