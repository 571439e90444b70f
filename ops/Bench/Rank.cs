namespace OpenAIWorker.Bench;

/// <summary>Quantiles of values, by nearest rank.</summary>
static class Rank
{
    public static double Median(IEnumerable<double> values) => Of(values, 0.5);

    /// <summary>The smallest value that at least this share of all values does not exceed.</summary>
    public static double Of(IEnumerable<double> values, double share)
    {
        List<double> sorted = [.. values.Order()];
        return sorted.Count == 0
            ? double.NaN
            : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
    }
}
