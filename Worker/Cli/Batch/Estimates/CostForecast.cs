using OpenAIWorker.Cli.Batch.Display;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Cli.Batch.Estimates;

/// <summary>The expected cost of all jobs, by model. An unknown cost is reported as unknown, never as 0.</summary>
sealed class CostForecast(JobEstimates estimates)
{
    const string OpenOutput = "output without a maxTokens limit";

    readonly SortedDictionary<string, Sum> models = new(StringComparer.Ordinal);

    public long Jobs => models.Values.Sum(sum => sum.Jobs);

    public void Add(JobRequest request)
    {
        var job = estimates.Of(request);
        var name = job.Model ?? (job.IsFree ? "(no model)" : "(a model that the line does not name)");
        if (!models.TryGetValue(name, out var sum))
            models[name] = sum = new(estimates.OfMinute(job.Model));
        sum.Add(job, estimates.Price(job, 0));
    }

    public IEnumerable<string> Models() => models.Select(model => model.Value.Says(model.Key));

    /// <summary>The cost of all jobs, as a sentence.</summary>
    public string Total()
    {
        var untold = Untold();
        var (priced, without) = (models.Values.Sum(sum => sum.Priced), models.Values.Sum(sum => sum.WithoutPrice));
        var known = Dollars(models.Values.Sum(sum => sum.Cost));
        var beside = $"{untold}{(untold.Length > 0 && without > 0 ? ", and " : "")}{WithoutPrice(without)}";
        return beside.Length == 0 ? $"At most {known}."
            : priced == 0 ? $"What they cost is not known before the calls: {beside}."
            : $"{known}, and what is not known before the calls: {beside}.";
    }

    string Untold() => string.Join(", ", models.Values.SelectMany(sum => sum.Untold)
        .GroupBy(part => part.Key, part => part.Value)
        .Select(part => $"{part.Key} ({Counted(part.Sum(), "job")})"));

    static string WithoutPrice(long jobs) => jobs == 0 ? "" : $"{Counted(jobs, "job")} whose model has no price";

    static string Dollars(decimal amount) => $"{Standing.Dollars(amount)} USD";

    static string Counted(long count, string what) => Standing.Counted(count, what);

    sealed class Sum(decimal? aMinute)
    {
        long input, output, characters;

        public long Jobs { get; private set; }

        public long WithoutPrice { get; private set; }

        /// <summary>Jobs whose cost is known at least in part.</summary>
        public long Priced { get; private set; }

        public decimal Cost { get; private set; }

        /// <summary>The unknown costs, with the number of jobs that have each.</summary>
        public SortedDictionary<string, long> Untold { get; } = new(StringComparer.Ordinal);

        public void Add(JobEstimate job, decimal? price)
        {
            Jobs++;
            input += job.Usage?.InputTokens ?? 0;
            output += job.OutputTokens ?? 0;
            characters += job.Characters ?? 0;
            Cost += price ?? 0;
            WithoutPrice += price is null ? 1 : 0;
            Priced += price is > 0 || price is 0 && job is { Untold.Count: 0, HasOpenOutput: false } ? 1 : 0;
            foreach (var untold in job.Untold)
                Count(untold.What);
            if (job.HasOpenOutput)
                Count(OpenOutput);
        }

        public string Says(string model) => $"{model}: {string.Join(", ", Parts())}";

        IEnumerable<string> Parts()
        {
            yield return Counted(Jobs, "job");
            if (characters > 0)
                yield return Counted(characters, "character");
            if (input > 0)
                yield return $"about {Counted(input, "token")} in";
            if (output > 0)
                yield return $"at most {Standing.Number(output)} out";
            if (Priced > 0)
                yield return Dollars(Cost);
            if (WithoutPrice > 0)
                yield return $"no price is known{(WithoutPrice < Jobs ? $" for {Standing.Number(WithoutPrice)}" : "")}";
            foreach (var (what, jobs) in Untold)
                yield return $"not known before the call{(jobs < Jobs ? $" in {Standing.Number(jobs)}" : "")}: {what}";
            if (aMinute is { } each)
                yield return $"{Dollars(each)} a minute";
        }

        void Count(string what) => Untold[what] = Untold.GetValueOrDefault(what) + 1;
    }
}
