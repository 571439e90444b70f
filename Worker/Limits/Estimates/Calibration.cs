namespace OpenAIWorker.Limits.Estimates;

/// <summary>
/// The relation of a provider's count of tokens to the worker's: a factor, and an overhead per call. Encodings differ,
/// and so does what is added to a prompt. The answers show by how much.
/// </summary>
sealed class Calibration
{
    const double Memory = 0.95;
    const double Least = 0.2;
    const double Most = 5;
    const double MostOverhead = 1_000;

    // Until answers show otherwise, the provider counts like the worker. This assumption weighs as much as a part of an
    // answer.
    const double Prior = 0.25;

    // If all calls are alike, overhead and factor cannot be told apart. Then it is a factor.
    const double NoOverhead = 0.25;

    // An estimate that is too low costs a refusal, so its margin is as large as the last errors.
    const double FirstError = 0.05;
    const double MarginOfErrors = 2;
    const double WidestMargin = 0.25;
    const double ErrorMemory = 0.9;

    // Sums over the answers for a line through the points (own count, provider's count). The latest answers count most.
    double answers;
    double ours;
    double theirs;
    double oursSquared;
    double product;
    double factor = 1;
    double overhead;
    double error = FirstError;
    double refused = 1;

    public Spending SpendingOf(TokenEstimate estimate) => new(1, Expected(estimate) * Margin + estimate.Output);

    double Margin => 1 + Math.Min(WidestMargin, error * MarginOfErrors);

    /// <summary>The provider counted the input of a call.</summary>
    public void Counted(TokenEstimate estimate, long input)
    {
        if (estimate.Input <= 0 || input <= 0)
            return;
        var counted = Math.Clamp(input, estimate.Input * Least, estimate.Input * Most + MostOverhead);
        if (answers > 0)
            error = ErrorMemory * error + (1 - ErrorMemory) * Math.Abs(counted / Line(estimate.Input) - 1);
        else
            Add(estimate.Input, estimate.Input, Prior);
        refused = Memory * refused + 1 - Memory;
        Add(estimate.Input, counted, 1);
        Fit();
    }

    /// <summary>A call was refused that would have been charged this many tokens.</summary>
    public void Refused(TokenEstimate estimate, long charge)
    {
        if (SpendingOf(estimate).Tokens is > 0 and var expected && charge > expected)
            refused = Math.Min(Most, refused * charge / expected);
    }

    double Expected(TokenEstimate estimate) => estimate.Input > 0 ? Line(estimate.Input) * refused : 0;

    double Line(double input) => input * factor + overhead;

    void Add(double input, double counted, double weight)
    {
        answers = Memory * answers + weight;
        ours = Memory * ours + weight * input;
        theirs = Memory * theirs + weight * counted;
        oursSquared = Memory * oursSquared + weight * input * input;
        product = Memory * product + weight * input * counted;
    }

    // Least squares.
    void Fit()
    {
        var n = answers + NoOverhead;
        factor = Math.Clamp((n * product - ours * theirs) / (n * oursSquared - ours * ours), Least, Most);
        overhead = Math.Clamp((theirs - ours * factor) / n, 0, MostOverhead);
        if (overhead == 0)
            factor = Math.Clamp(product / oursSquared, Least, Most);
    }
}
