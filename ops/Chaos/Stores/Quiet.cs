using System.Diagnostics;

namespace OpenAIWorker.Chaos.Stores;

/// <summary>Programs whose words are of no interest here.</summary>
static class Quiet
{
    public static Process Start(IReadOnlyList<string> command)
    {
        var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        // Read to their ends, or the program would stand still at a full pipe.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
