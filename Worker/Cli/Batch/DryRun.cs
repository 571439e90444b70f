using OpenAIWorker.Cli.Batch.Display;
using OpenAIWorker.Cli.Batch.Estimates;
using OpenAIWorker.Cli.Batch.Input;

namespace OpenAIWorker.Cli.Batch;

/// <summary><c>--dry-run</c>: describes what a batch would do. Nothing is sent and nothing is written.</summary>
static class DryRun
{
    const int Complaints = 10;

    public static async Task<int> Run(JobSource source, BatchOptions options, JobEstimates estimates,
        CancellationToken cancellation)
    {
        var (bad, duplicates, forecast) = (0, 0, new CostForecast(estimates));
        var lines = source.Read(cancellation);
        await foreach (var line in options.Limit is { } most ? lines.Take(most) : lines)
        {
            duplicates += line.IsDuplicate ? 1 : 0;
            if (line.Problem is not { } problem)
                forecast.Add(line.Request!);
            else if (++bad <= Complaints)
                Told.Error($"line {line.Number}: {problem.Message}");
        }
        foreach (var model in forecast.Models())
            Told.Out(model);
        Told.Out(
            $"{Standing.Counted(forecast.Jobs, "job")}, {Standing.Counted(bad, "bad line")}, "
                + $"{Standing.Number(duplicates)} with an id of an earlier line. "
                + $"{(forecast.Jobs > 0 ? $"{forecast.Total()} " : "")}Nothing was sent.");
        return bad == 0 ? ExitCodes.Success : ExitCodes.Failed;
    }
}
