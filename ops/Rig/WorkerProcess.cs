using System.Diagnostics;

namespace OpenAIWorker.Rig;

/// <summary>One run of the worker program, from its start to its end.</summary>
public sealed class WorkerProcess : IDisposable
{
    readonly Process process;
    long peak;

    WorkerProcess(string name, Process process) => (Name, this.process) = (name, process);

    /// <summary>Sent to the emulator with every call, so that the calls of a worker can be told apart.</summary>
    public string Name { get; }

    /// <summary>Whether it has ended.</summary>
    public bool IsOver => process.HasExited;

    /// <summary>Its exit code.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>The largest memory that was observed, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            process.Refresh();
            return peak = IsOver ? peak : Math.Max(peak, process.PeakWorkingSet64);
        }
    }

    /// <summary>What it holds now.</summary>
    /// <returns>Bytes of memory, open handles, threads.</returns>
    public (long Memory, int Handles, int Threads) Holds()
    {
        process.Refresh();
        return (process.WorkingSet64, process.HandleCount, process.Threads.Count);
    }

    /// <summary>The processor time that it has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts the worker.</summary>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="arguments">Its settings.</param>
    /// <param name="log">The file for its output.</param>
    /// <param name="program">The program. Null: the one built beside the calling program.</param>
    /// <param name="variables">Additional environment variables.</param>
    public static WorkerProcess Start(string name, IEnumerable<string> arguments, string log, string? program = null,
        IReadOnlyDictionary<string, string>? variables = null) =>
        Run(name, program ?? Program, [.. arguments, $"--OpenAI:Credentials:default:Organization={name}"], log,
            variables);

    /// <summary>Starts any program.</summary>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="program">A .NET assembly, or a file that runs by itself.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="log">The file for its output.</param>
    /// <param name="variables">Additional environment variables.</param>
    public static WorkerProcess Run(string name, string program, IReadOnlyList<string> arguments, string log,
        IReadOnlyDictionary<string, string>? variables = null)
    {
        var isAssembly = program.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isAssembly ? "dotnet" : program,
            isAssembly ? [program, .. arguments] : arguments)
        { RedirectStandardError = true };
        foreach (var (variable, value) in variables ?? new Dictionary<string, string>())
            start.Environment[variable] = value;
        var process = Process.Start(start)!;
        // The output must be read to its end; otherwise the worker blocks at a full pipe.
        _ = Keep(process, log);
        return new(name, process);
    }

    /// <summary>Runs one of the worker's verbs to its end, and returns its output.</summary>
    public static async Task<string> Said(IEnumerable<string> arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments])
        { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"The worker said: {said}");
    }

    /// <summary>Kills it with SIGKILL.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Kills it if it still runs.</summary>
    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }

    // From ops/X/bin/Release/net10.0, because the caller's own folder lacks parts of the framework that the worker
    // needs.
    static string Program
    {
        get
        {
            var here = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(here.FullName, "../../../../../Worker/bin", here.Parent!.Name, here.Name, "worker.dll");
        }
    }

    static async Task Keep(Process process, string log)
    {
        await using var file = File.Create(log);
        await process.StandardError.BaseStream.CopyToAsync(file);
    }
}
