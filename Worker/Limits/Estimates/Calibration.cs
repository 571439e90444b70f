namespace OpenAIWorker.Limits.Estimates;

/// <summary>
/// What a provider's count of tokens is to ours. Encodings differ, and so does what is charged on admission; the
/// answers tell by how much.
/// </summary>
sealed class Calibration
{
    const double Memory = 0.8;
    const double Least = 0.2;
    const double Most = 5;

    // An estimate that is too low costs a refusal; one that is too high, nothing for long, since the headers tell what
    // is left.
    const double Margin = 1.1;

    double ratio = 1;

    public Spending SpendingOf(TokenEstimate estimate) => new(1, estimate.Input * ratio * Margin + estimate.Output);

    /// <summary>A call's input was counted by the provider.</summary>
    public void Counted(TokenEstimate estimate, long input)
    {
        if (estimate.Input > 0 && input > 0)
            ratio = Memory * ratio + (1 - Memory) * Math.Clamp(input / estimate.Input, Least, Most);
    }

    /// <summary>A call was refused, and would have been charged so much.</summary>
    public void Refused(TokenEstimate estimate, long charge)
    {
        if (SpendingOf(estimate).Tokens is > 0 and var expected && charge > expected)
            ratio = Math.Min(Most, ratio * charge / expected);
    }
}
