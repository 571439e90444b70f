using System.Diagnostics;

namespace OpenAIWorker.Rig;

/// <summary>One run of the worker program, from its start to its death.</summary>
public sealed class WorkerProcess : IDisposable
{
    readonly Process process;
    long peak;

    WorkerProcess(string name, Process process) => (Name, this.process) = (name, process);

    /// <summary>Told to the emulator with every call, so that a call's maker is known.</summary>
    public string Name { get; }

    /// <summary>Whether it has come to its end.</summary>
    public bool IsOver => process.HasExited;

    /// <summary>What it ended with.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>The most bytes of memory that it had at once, as far as it was looked at.</summary>
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

    /// <summary>What it had of the processors until now.</summary>
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
    /// <param name="log">The file for what it writes.</param>
    /// <param name="program">Its file. Null: as it was built beside the program that calls.</param>
    /// <param name="variables">More variables of its environment.</param>
    public static WorkerProcess Start(string name, IEnumerable<string> arguments, string log, string? program = null,
        IReadOnlyDictionary<string, string>? variables = null) =>
        Run(name, program ?? Program, [.. arguments, $"--OpenAI:Credentials:default:Organization={name}"], log,
            variables);

    /// <summary>Starts any program.</summary>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="program">A .NET assembly, or a file that runs by itself.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="log">The file for what it writes.</param>
    /// <param name="variables">More variables of its environment.</param>
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
        // Read to its end, or the worker would stand still at a full pipe.
        _ = Keep(process, log);
        return new(name, process);
    }

    /// <summary>Runs one of the worker's verbs to its end, and returns what it says.</summary>
    public static async Task<string> Said(IEnumerable<string> arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments])
        { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"The worker said: {said}");
    }

    /// <summary>SIGKILL: nothing of it runs any more.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Kills it where it still runs.</summary>
    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }

    // From ops/X/bin/Release/net10.0, as the caller's own folder lacks what the worker needs of the framework.
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
