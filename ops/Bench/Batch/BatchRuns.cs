using System.Text.Json;
using OpenAIWorker.Bench.Throughput;

namespace OpenAIWorker.Bench.Batch;

/// <summary>Both programs in turn, at each latency.</summary>
static class BatchRuns
{
    const int PromptLength = 100;

    public static async Task<int> Run(BatchSize size, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("bench-").FullName;
        var input = Path.Combine(folder, "jobs.jsonl");
        await File.WriteAllLinesAsync(input, Enumerable.Range(0, size.Jobs).Select(Line), cancellation);
        var script = size.IsAlone ? null : await NodeScript.Prepare(folder, cancellation);
        if (script is null && !size.IsAlone)
            await Console.Error.WriteLineAsync("node or npm is not there: the script is left out.");
        var rows = new List<IReadOnlyList<string>>();
        foreach (var latency in size.Latencies)
        {
            var (own, other) = (new List<ProgramRun>(), new List<ProgramRun>());
            while (own.Count < size.Repeat)
            {
                own.Add(await Once(latency, url => ProgramRun.Worker(size, input, folder, url, cancellation)));
                if (script is not null)
                    other.Add(await Once(latency, url => script.Run(size, input, folder, url, cancellation)));
                await Console.Error.WriteLineAsync($"{latency} ms: {own[^1]}; {other.LastOrDefault()}");
            }
            var (worker, node) = (ProgramRun.Median(own), other.Count == 0 ? null : ProgramRun.Median(other));
            rows.Add(Row(latency, "worker batch", worker, size.Jobs, node));
            if (node is not null)
                rows.Add(Row(latency, NodeScript.Name, node, size.Jobs, null));
        }
        Directory.Delete(folder, recursive: true);
        MarkdownTable.Write(["provider", "", "seconds", "jobs/s", "", "CPU s per 1,000", "peak RSS MB"], rows);
        return 0;
    }

    static async Task<ProgramRun> Once(int latency, Func<Uri, Task<ProgramRun>> run)
    {
        var round = ThroughputRun.With(new Round(TimeSpan.FromMilliseconds(latency), 0, 0, new(false, PromptLength)),
            Distance.Far, 0);
        await using var provider = await StandIn.Start(round, round.Told, keepsCalls: false);
        return await run(provider.BaseUrl);
    }

    static IReadOnlyList<string> Row(int latency, string name, ProgramRun run, int jobs, ProgramRun? other) =>
    [
        $"{latency} ms", name, $"{run.Seconds:0.0}", $"{jobs / run.Seconds:0}",
        other is null ? "" : $"{other.Seconds / run.Seconds:0.0} ×", $"{run.Cpu / jobs * 1_000:0.000}",
        $"{run.Memory / 1e6:0}",
    ];

    static string Line(int number) =>
        JsonSerializer.Serialize(new
        {
            operation = "message-model",
            jobId = $"job-{number:000000}",
            model = Prompts.Free,
            messages = new[] { new { text = $"Question {number}" } }
        });
}
