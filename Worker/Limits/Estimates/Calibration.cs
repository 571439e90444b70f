namespace OpenAIWorker.Limits.Estimates;

/// <summary>
/// The ratio between a provider's count of tokens and ours. Encodings differ, and so does what is charged on admission;
/// the answers show the ratio.
/// </summary>
sealed class Calibration
{
    const double Memory = 0.8;
    const double Least = 0.2;
    const double Most = 5;

    // Too low an estimate costs a refusal; too high a one costs little, because the headers show what is left.
    const double Margin = 1.1;

    double ratio = 1;

    public Spending SpendingOf(TokenEstimate estimate) => new(1, estimate.Input * ratio * Margin + estimate.Output);

    /// <summary>The provider counted the input of a call.</summary>
    public void Counted(TokenEstimate estimate, long input)
    {
        if (estimate.Input > 0 && input > 0)
            ratio = Memory * ratio + (1 - Memory) * Math.Clamp(input / estimate.Input, Least, Most);
    }

    /// <summary>A call was refused that would have been charged this many tokens.</summary>
    public void Refused(TokenEstimate estimate, long charge)
    {
        if (SpendingOf(estimate).Tokens is > 0 and var expected && charge > expected)
            ratio = Math.Min(Most, ratio * charge / expected);
    }
}
