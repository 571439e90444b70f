using System.Diagnostics;
using System.Globalization;

namespace OpenAIWorker.Bench.Batch;

/// <summary>What a program took from its start to its end.</summary>
/// <param name="Seconds">Wall time.</param>
/// <param name="Cpu">Seconds of processor time.</param>
/// <param name="Memory">The most bytes that were resident.</param>
sealed record ProgramRun(double Seconds, double Cpu, long Memory)
{
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    public static ProgramRun Median(IReadOnlyList<ProgramRun> runs) => new(
        Rank.Median(runs.Select(run => run.Seconds)), Rank.Median(runs.Select(run => run.Cpu)),
        (long)Rank.Median(runs.Select(run => (double)run.Memory)));

    /// <summary>Runs <c>worker batch</c>.</summary>
    public static Task<ProgramRun> Worker(BatchSize size, string input, string folder, Uri provider,
        CancellationToken cancellation)
    {
        var program = size.Program ?? Path.Combine(AppContext.BaseDirectory,
            "../../../../../Worker/bin/Release/net10.0/worker.dll");
        string[] command =
        [
            .. program.EndsWith(".dll", StringComparison.Ordinal) ? (string[])["dotnet", program] : [program],
            "batch", input, "--output", Path.Combine(folder, "endings.jsonl"), "--restart",
            "--window", (size.AtOnce * 2).ToString(CultureInfo.InvariantCulture),
            $"--Delivery:Concurrency={size.AtOnce}", $"--OpenAI:Credentials:default:BaseUrl={provider}",
            "--OpenAI:Credentials:default:ApiKey=any",
        ];
        return size.HasBar
            ? Of("script", ["--quiet", "--return", "--command", string.Join(' ', command), "/dev/null"], cancellation)
            : Of(command[0], [.. command[1..], "--no-progress"], cancellation);
    }

    public static async Task<ProgramRun> Of(string program, IReadOnlyList<string> arguments,
        CancellationToken cancellation)
    {
        var clock = TimeProvider.System;
        var begun = clock.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = process.StandardError.ReadToEndAsync(cancellation);
        var shown = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancellation);
        var (cpu, memory) = (TimeSpan.Zero, 0L);
        while (!process.HasExited)
        {
            Look(process.Id, ref cpu, ref memory);
            await Task.Delay(Glance, clock, cancellation);
        }
        await shown;
        return process.ExitCode == 0
            ? new(clock.GetElapsedTime(begun).TotalSeconds, cpu.TotalSeconds, memory)
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await said}");
    }

    static void Look(int id, ref TimeSpan cpu, ref long memory)
    {
        try
        {
            using var process = Process.GetProcessById(Innermost(id));
            (cpu, memory) = (process.TotalProcessorTime, Math.Max(memory, process.PeakWorkingSet64));
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or IOException)
        {
            // It has just ended.
        }
    }

    // A terminal is a process of its own, and the program its child.
    static int Innermost(int id)
    {
        var children = $"/proc/{id}/task/{id}/children";
        return File.Exists(children) && File.ReadAllText(children).Split(' ')[0] is { Length: > 0 } child
            ? Innermost(int.Parse(child, CultureInfo.InvariantCulture))
            : id;
    }
}
