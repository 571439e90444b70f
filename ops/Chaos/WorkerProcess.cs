using System.Diagnostics;

namespace OpenAIWorker.Chaos;

/// <summary>One run of the worker program, from its start to its death.</summary>
sealed class WorkerProcess : IDisposable
{
    readonly Process process;

    WorkerProcess(string name, Process process) => (Name, this.process) = (name, process);

    /// <summary>Told to the emulator with every call, so that a call's maker is known.</summary>
    public string Name { get; }

    public static WorkerProcess Start(string name, IEnumerable<string> settings, string log)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. settings, $"--OpenAI:Credentials:default:Organization={name}"]) { RedirectStandardError = true };
        var process = Process.Start(start)!;
        // Read to its end, or the worker would stand still at a full pipe.
        _ = Keep(process, log);
        return new(name, process);
    }

    /// <summary>SIGKILL: nothing of it runs any more.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }

    // As it was built beside this program: this folder lacks what it needs of the framework.
    static string Program => Path.Combine(
        AppContext.BaseDirectory.Replace(Path.Combine("ops", "Chaos", "bin"), Path.Combine("Worker", "bin"), StringComparison.Ordinal), "worker.dll");

    static async Task Keep(Process process, string log)
    {
        await using var file = File.Create(log);
        await process.StandardError.BaseStream.CopyToAsync(file);
    }
}
