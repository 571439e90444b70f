using System.Text.Json;
using OpenAIWorker.Emulator;
using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Batch;

/// <summary>Runs of <c>worker batch</c>, one after another.</summary>
static class BatchRuns
{
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    public static async Task<int> Run(int jobs, int repeat, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("bench-").FullName;
        var input = Path.Combine(folder, "jobs.jsonl");
        await File.WriteAllLinesAsync(input, Enumerable.Range(0, jobs).Select(Line), cancellation);
        var runs = new List<(double Seconds, long Memory)>();
        while (runs.Count < repeat)
            runs.Add(await Once(input, folder, cancellation));
        Directory.Delete(folder, recursive: true);
        var seconds = Rank.Median(runs.Select(run => run.Seconds));
        MarkdownTable.Write(
            ["jobs", "runs", "seconds", "jobs per second", "peak RSS MB"],
            [[$"{jobs}", $"{repeat}", $"{seconds:0.0}", $"{jobs / seconds:0}",
                $"{Rank.Median(runs.Select(run => run.Memory / 1e6)):0}"]]);
        return 0;
    }

    static async Task<(double Seconds, long Memory)> Once(string input, string folder, CancellationToken cancellation)
    {
        await using var emulator = await OpenAIEmulator.Start(new() { KeptCalls = 0 });
        var clock = TimeProvider.System;
        var begun = clock.GetTimestamp();
        using var worker = WorkerProcess.Start("worker",
        [
            "batch", input, "--output", Path.Combine(folder, "endings.jsonl"), "--restart", "--no-progress",
            $"--OpenAI:Credentials:default:BaseUrl={emulator.BaseUrl}",
            "--OpenAI:Credentials:default:ApiKey=any",
        ], Path.Combine(folder, "worker.log"));
        while (!worker.IsOver)
        {
            _ = worker.PeakMemory;
            await Task.Delay(Glance, clock, cancellation);
        }
        return worker.ExitCode == 0
            ? (clock.GetElapsedTime(begun).TotalSeconds, worker.PeakMemory)
            : throw new InvalidOperationException($"worker batch ended with {worker.ExitCode}: {folder} says why.");
    }

    static string Line(int number) =>
        JsonSerializer.Serialize(new
        {
            operation = "message-model",
            jobId = $"job-{number:000000}",
            model = Prompts.Free,
            messages = new[] { new { text = $"Question {number}" } }
        });
}
