using System.Globalization;
using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Cli.Batch.Output;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Cli.Batch;

/// <summary>
/// <c>--max-cost</c>: what a job may cost is set aside before it is sent, and becomes what it did cost when it ends. A
/// job that does not bound its output is taken to answer at most twice as much as the longest answer so far.
/// </summary>
sealed class CostLimit(decimal most, decimal spentBefore, JobEstimates estimates)
{
    // Until an answer has come.
    const long FirstGuess = 2_000;
    const int Margin = 2;

    readonly Lock guard = new();
    TaskCompletionSource settled = New();
    decimal spent = spentBefore, reserved;
    long longest;
    bool hasNoPrice;

    /// <summary>What was set aside; null: there is no room for it, or its price is not known.</summary>
    public async Task<decimal?> Reserve(JobRequest job, CancellationToken cancellation)
    {
        var estimate = JobEstimates.Of(job);
        while (true)
        {
            Task change;
            lock (guard)
            {
                if (estimates.Price(estimate, longest == 0 ? FirstGuess : longest * Margin) is not { } price)
                {
                    hasNoPrice = true;
                    return null;
                }
                if (spent + reserved + price <= most)
                {
                    reserved += price;
                    return price;
                }
                // Jobs that end may have cost less than was set aside for them.
                if (reserved == 0)
                    return null;
                change = settled.Task;
            }
            await change.WaitAsync(cancellation);
        }
    }

    public void Settle(decimal setAside, JobEnding ending)
    {
        lock (guard)
        {
            reserved -= setAside;
            spent += ending.Cost ?? (ending.HasUsage ? setAside : 0);
            longest = Math.Max(longest, ending.OutputTokens);
            settled.TrySetResult();
            settled = New();
        }
    }

    /// <summary>Why the line was not sent.</summary>
    public string Says(JobLine line)
    {
        lock (guard)
            return hasNoPrice
                ? $"--max-cost needs to know what jobs cost, and the model '{JobEstimates.Of(line.Request!).Model}' "
                    + $"of line {line.Number} has no price. Give it one in Costs:Prices, or leave --max-cost out."
                : string.Create(CultureInfo.InvariantCulture,
                    $"--max-cost {most} would be exceeded by line {line.Number}: {spent:0.######} USD are spent. The "
                        + $"same command goes on with a larger one.");
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
