using System.Diagnostics;
using OpenAIWorker.Tests.Broker;
using Xunit.Sdk;

namespace OpenAIWorker.Tests.Running;

/// <summary>
/// A program in another language, run in a folder of this repository. If it is not available the test is skipped, but
/// not by <c>.ci/run</c>.
/// </summary>
static class ForeignProgram
{
    static readonly Dictionary<string, string> Nothing = [];

    static bool IsExpected =>
        Environment.GetEnvironmentVariable("CI") == "true" || BrokerSettings.FromEnvironment().Required;

    /// <summary>Skips the test unless the program and the file that its packages bring are there.</summary>
    public static void Needs(string program, string file, string cure)
    {
        if (!IsOnPath(program))
            throw Missing($"{program} is not on the PATH.");
        if (!Path.Exists(Repository.PathOf(file)))
            throw Missing($"{file} is missing: {cure}");
    }

    /// <summary>
    /// The first of several programs that succeeds with the arguments; the test is skipped if none does.
    /// </summary>
    public static async Task<string> FirstThatCan(IEnumerable<string> programs, IReadOnlyList<string> arguments,
        string cure)
    {
        foreach (var program in programs.Where(IsOnPath))
        {
            using var process = Start(program, "", arguments, Nothing);
            await process.Output();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (process.ExitCode == 0)
                return program;
        }
        throw Missing(cure);
    }

    /// <summary>Runs it to its end, and returns its output. An exit code other than 0 fails the test.</summary>
    public static async Task<string> Run(string program, string folder, params IReadOnlyList<string> arguments)
    {
        var (exitCode, said) = await Run(program, folder, arguments, Nothing);
        Assert.True(exitCode == 0, $"{program} ended with {exitCode}:\n{said}");
        return said;
    }

    /// <summary>Runs it to its end, with additional environment variables, and optionally with input.</summary>
    public static async Task<(int ExitCode, string Said)> Run(
        string program, string folder, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment,
        string input = "")
    {
        using var process = Start(program, folder, arguments, environment);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var said = await process.Output();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said);
    }

    static Process Start(string program, string folder, IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.PathOf(folder),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    static Exception Missing(string reason) =>
        IsExpected ? FailException.ForFailure(reason) : SkipException.ForSkip(reason);

    static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
