namespace OpenAIWorker.Bench.Limits;

/// <summary>One row of the table.</summary>
sealed record Figures(string Scenario, int Workers, int Jobs, IReadOnlyDictionary<Measure, double> Values)
{
    /// <summary>The figures that are measured in every scenario.</summary>
    public static Figures Of(string scenario, Stage stage, int jobs) => new(scenario, stage.Workers.Count, jobs,
        new Traffic([.. stage.LimitedCalls], stage.Limits).Measures().Concat(Ended.Measures(stage))
            .ToDictionary(value => value.Measure, value => value.Value));

    /// <summary>The median of each value over runs of the same scenario.</summary>
    public static Figures Median(IReadOnlyList<Figures> runs) => runs[0] with
    {
        Values = runs.SelectMany(run => run.Values).GroupBy(value => value.Key, value => value.Value)
            .ToDictionary(values => values.Key, Rank.Median),
    };

    public Figures With(Measure measure, double value) =>
        this with { Values = new Dictionary<Measure, double>(Values) { [measure] = value } };
}
