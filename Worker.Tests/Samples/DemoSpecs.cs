using System.Diagnostics;
using OpenAIWorker.Tests.Broker;

namespace OpenAIWorker.Tests.Samples;

/// <summary>The README's first command: every job has an ending, and a meaningful one.</summary>
public sealed class DemoSpecs
{
    static string Program => Repository.PathOf(
        $"ops/Demo/bin/{new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name}/net10.0/demo.dll");

    [Fact]
    public async Task Every_job_has_an_ending_and_the_tool_was_called()
    {
        using var demo = Process.Start(new ProcessStartInfo("dotnet", [Program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var says = await demo.Output();
        await demo.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(demo.ExitCode == 0, says);
        Assert.Contains("29 of 29 jobs have an ending", says, StringComparison.Ordinal);
        Assert.DoesNotContain("***", says, StringComparison.Ordinal);
        // The parcel's place, which only the function's program knows.
        Assert.Matches("turn-3(?s:.)*Z.rich|turn-3(?s:.)*(Basel|Bern|Gen.ve|Lugano)", says);
    }

    [Fact]
    public async Task A_terminal_of_80_columns_shows_the_answers()
    {
        using var demo = Process.Start(new ProcessStartInfo("script",
            ["-qec", $"stty cols 80 rows 24; exec dotnet '{Program}'", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TERM"] = "xterm-256color", ["SHELL"] = "/bin/sh" },
        })!;
        var says = await demo.Output();
        await demo.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains("Hello! It is good to hear from you.", says, StringComparison.Ordinal);
        Assert.Contains("29 of 29 jobs have an ending", says, StringComparison.Ordinal);
    }
}
