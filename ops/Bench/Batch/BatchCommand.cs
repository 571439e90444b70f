using System.CommandLine;

namespace OpenAIWorker.Bench.Batch;

/// <summary><c>batch</c>: how fast a file of jobs is processed without a broker.</summary>
static class BatchCommand
{
    const string Description = """
        Runs `worker batch` without a broker, and in turn with it a script of 30 lines with OpenAI's package for Node (ops/Bench/Batch/batch.mjs), where node and npm are there.
        Prints jobs per second, processor time and peak memory: medians.

        The time is that of the whole command, from its start to its end. Build it for release: dotnet run -c Release --project ops/Bench -- batch
        """;

    public static Command Make()
    {
        var worker = PublishedWorker.Option();
        var jobs = new Option<int>("--jobs")
        {
            Description = "Lines of the file.",
            DefaultValueFactory = _ => 200_000
        };
        var repeat = new Option<int>("--repeat")
        {
            Description = "Runs; the medians are printed.",
            DefaultValueFactory = _ => 3
        };
        var latency = new Option<int[]>("--latency")
        {
            Description = "Milliseconds that each call takes.",
            DefaultValueFactory = _ => [0, 100],
            AllowMultipleArgumentsPerToken = true
        };
        var atOnce = new Option<ushort>("--at-once")
        {
            Description = "Calls at once, of both.",
            DefaultValueFactory = _ => 512
        };
        var alone = new Option<bool>("--alone") { Description = "Without the script." };
        var bar = new Option<bool>("--bar")
        {
            Description = "On a terminal (the command script), where the worker shows a bar."
        };
        var command = new Command("batch", Description) { worker, jobs, repeat, latency, atOnce, alone, bar };
        command.SetAction((given, cancellation) => BatchRuns.Run(new(given.GetValue(jobs), given.GetValue(repeat),
            given.GetValue(latency)!, given.GetValue(atOnce), given.GetValue(alone), given.GetValue(bar),
            given.GetValue(worker)), cancellation));
        return command;
    }
}

/// <summary>How much of what.</summary>
sealed record BatchSize(int Jobs, int Repeat, int[] Latencies, ushort AtOnce, bool IsAlone, bool HasBar,
    string? Program);
