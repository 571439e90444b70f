using System.Diagnostics;
using OpenAIWorker.Tests.Broker;
using Xunit.Sdk;

namespace OpenAIWorker.Tests.Running;

/// <summary>A program in another language, run in a folder of this repository. Where it cannot be had the test is skipped, but not by CI.</summary>
static class ForeignProgram
{
    static bool IsExpected => Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Skips the test unless the program and the file that its packages bring are there.</summary>
    public static void Needs(string program, string file, string cure)
    {
        if (!IsOnPath(program))
            Assert.Skip($"{program} is not on the PATH. ops/test runs this where it is.");
        if (!Path.Exists(Repository.PathOf(file)))
            throw IsExpected ? FailException.ForFailure($"{file} is missing: {cure}") : SkipException.ForSkip($"{file} is missing: {cure}");
    }

    /// <summary>Runs it to its end, and returns what it says. An exit code other than 0 fails the test.</summary>
    public static async Task<string> Run(string program, string folder, params IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.PathOf(folder),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = await process.Output();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}:\n{said}");
        return said;
    }

    static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
