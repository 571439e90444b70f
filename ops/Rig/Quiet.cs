using System.Diagnostics;

namespace OpenAIWorker.Rig;

/// <summary>Programs whose output is not of interest.</summary>
public static class Quiet
{
    /// <summary>Starts one, and discards its output.</summary>
    public static Process Start(IReadOnlyList<string> command)
    {
        var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        // The output must be read to its end; otherwise the program blocks at a full pipe.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
