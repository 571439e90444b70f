using System.CommandLine;

namespace OpenAIWorker.Bench.Batch;

/// <summary><c>batch</c>: how fast a file of jobs is processed without a broker.</summary>
static class BatchCommand
{
    const string Description = """
        Prints jobs per second and the peak memory of `worker batch` without a broker, at an emulator that answers at once: the median of three runs.

        The time is that of the whole command, from its start to its end. Build it for release: dotnet run -c Release --project ops/Bench -- batch
        """;

    public static Command Make()
    {
        var jobs = new Option<int>("--jobs") { Description = "Lines of the file.", DefaultValueFactory = _ => 20_000 };
        var repeat = new Option<int>("--repeat")
        {
            Description = "Runs; the medians are printed.",
            DefaultValueFactory = _ => 3
        };
        var command = new Command("batch", Description) { jobs, repeat };
        command.SetAction((given, cancellation) =>
            BatchRuns.Run(given.GetValue(jobs), given.GetValue(repeat), cancellation));
        return command;
    }
}
