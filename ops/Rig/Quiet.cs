using System.Diagnostics;

namespace OpenAIWorker.Rig;

/// <summary>Programs whose words are of no interest here.</summary>
public static class Quiet
{
    /// <summary>Starts one, and lets go what it says.</summary>
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
