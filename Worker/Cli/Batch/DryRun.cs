using System.Globalization;
using OpenAIWorker.Cli.Batch.Display;
using OpenAIWorker.Cli.Batch.Input;

namespace OpenAIWorker.Cli.Batch;

/// <summary><c>--dry-run</c>: what a batch would be. Nothing is sent and nothing is written.</summary>
static class DryRun
{
    const int Complaints = 10;

    public static async Task<int> Run(JobSource source, BatchOptions options, JobEstimates estimates,
        CancellationToken cancellation)
    {
        var (bad, duplicates, models) = (0, 0, new SortedDictionary<string, Sum>(StringComparer.Ordinal));
        var lines = source.Read(cancellation);
        await foreach (var line in options.Limit is { } most ? lines.Take(most) : lines)
        {
            duplicates += line.IsDuplicate ? 1 : 0;
            if (line.Problem is { } problem)
            {
                if (++bad <= Complaints)
                    Told.Error($"line {line.Number}: {problem.Message}");
                continue;
            }
            var job = JobEstimates.Of(line.Request!);
            var name = job.Model ?? "(no model)";
            models[name] = models.GetValueOrDefault(name, new())
                .And(job, estimates.Price(job, 0), estimates.HasOutput(job));
        }
        foreach (var (model, sum) in models)
            Told.Out(sum.Says(model));
        Told.Out(
            $"{Counted(models.Values.Sum(sum => sum.Jobs), "job")}, {Counted(bad, "bad line")}, "
                + $"{Standing.Number(duplicates)} with an id of an earlier line. {Cost(models.Values)} Nothing was "
                + "sent.");
        return bad == 0 ? ExitCodes.Success : ExitCodes.Failed;
    }

    static string Cost(IReadOnlyCollection<Sum> sums)
    {
        var known = Dollars(sums.Sum(sum => sum.Cost));
        var unbounded = sums.Sum(sum => sum.Unbounded);
        var what = unbounded == 0
            ? $"At most {known}"
            : $"{known}, and the output of {Standing.Number(unbounded)} jobs that do not bound it (maxTokens)";
        return sums.Any(sum => sum.WithoutPrice > 0) ? $"{what}; jobs without a price not counted." : $"{what}.";
    }

    // Of little money the first figures count.
    static string Dollars(decimal amount) => amount is > 0 and < 0.0001m
        ? string.Create(CultureInfo.InvariantCulture, $"{amount:0.#########} USD")
        : string.Create(CultureInfo.InvariantCulture, $"{amount:0.####} USD");

    static string Counted(long count, string what) => $"{Standing.Number(count)} {what}{(count == 1 ? "" : "s")}";

    sealed record Sum(long Jobs = 0, long Input = 0, long Output = 0, long Unbounded = 0, decimal Cost = 0,
        long WithoutPrice = 0)
    {
        public Sum And(JobEstimate job, decimal? price, bool hasOutput) => new(
            Jobs + 1, Input + job.InputTokens, Output + (job.OutputTokens ?? 0),
            Unbounded + (job.OutputTokens is null && hasOutput ? 1 : 0), Cost + (price ?? 0),
            WithoutPrice + (price is null ? 1 : 0));

        public string Says(string model) =>
            $"{model}: {Counted(Jobs, "job")}, about {Standing.Number(Input)} tokens in, {Out}, "
                + $"{(WithoutPrice > 0 ? "no price is known" : Dollars(Cost))}";

        string Out => Unbounded == 0
            ? $"at most {Standing.Number(Output)} out"
            : $"output not bounded in {Standing.Number(Unbounded)}";
    }
}
