using System.Globalization;
using OpenAIWorker.Cli.Batch.Display;
using OpenAIWorker.Cli.Batch.Estimates;
using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Cli.Batch.Output;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Cli.Batch;

/// <summary>
/// <c>--max-cost</c>: reserves the possible cost of a job before it is sent, and replaces it by the real cost when the
/// job ends. A job without a limit of its output is assumed to answer at most twice as much as the longest answer so
/// far. A job that does not show what is billed (sound, files, the conversation before it) is assumed to cost at most
/// twice as much as the most expensive one of these so far; the first of them is sent alone.
/// </summary>
sealed class CostLimit(decimal most, decimal spentBefore, JobEstimates estimates)
{
    // Used until the first answer.
    const long FirstGuess = 2_000;
    const int Margin = 2;

    readonly Lock guard = new();
    TaskCompletionSource settled = New();
    decimal spent = spentBefore, reserved;
    decimal? dearest;
    long longest;

    /// <summary>The reserved amount; null: the budget has no room for it, or its price is not known.</summary>
    public async Task<SetAside?> Reserve(JobRequest job, CancellationToken cancellation)
    {
        var estimate = estimates.Of(job);
        while (true)
        {
            Task change;
            lock (guard)
            {
                if (AtMost(estimate) is not { } price || spent >= most && price.IsUntold)
                    return null;
                if (spent + reserved + price.Amount <= most)
                {
                    reserved += price.Amount;
                    return price;
                }
                // Jobs that end may have cost less than was reserved for them.
                if (reserved == 0)
                    return null;
                change = settled.Task;
            }
            await change.WaitAsync(cancellation);
        }
    }

    public void Settle(SetAside aside, JobEnding ending)
    {
        lock (guard)
        {
            reserved -= aside.Amount;
            spent += ending.Cost ?? (ending.HasUsage ? aside.Amount : 0);
            longest = Math.Max(longest, ending.OutputTokens);
            if (aside.IsUntold && ending.Cost is { } cost)
                dearest = Math.Max(dearest ?? 0, cost);
            settled.TrySetResult();
            settled = New();
        }
    }

    /// <summary>Why the line was not sent.</summary>
    public string Says(JobLine line)
    {
        var job = estimates.Of(line.Request!);
        lock (guard)
        {
            if (job.Untold.FirstOrDefault(part => !part.IsAnswered) is { } never)
                return $"--max-cost needs to know what jobs cost, but line {line.Number} is billed by something that "
                    + $"no answer shows: {never.What}. Leave out --max-cost.";
            if (AtMost(job) is not { } price)
                return $"--max-cost needs to know what jobs cost, but the model '{job.Model}' of line {line.Number} "
                    + "has no price. Set one in Costs:Prices, or leave out --max-cost.";
            var may = price.IsUntold && dearest is null ? "" : $", which may cost {Standing.Dollars(price.Amount)} USD";
            var bound = job.HasOpenOutput ? " maxTokens limits a job's output." : "";
            return string.Create(CultureInfo.InvariantCulture,
                $"--max-cost {most} would be exceeded by line {line.Number}{may}: {Standing.Dollars(spent)} USD are "
                    + $"spent. The same command with a higher limit continues.{bound}");
        }
    }

    // Null: the cost is not known.
    SetAside? AtMost(JobEstimate job)
    {
        if (job.Untold.Any(part => !part.IsAnswered)
            || estimates.Price(job, longest == 0 ? FirstGuess : longest * Margin) is not { } price)
            return null;
        return job.Untold.Count == 0 ? new(price, false) : new(Math.Max(price, dearest * Margin ?? most - spent), true);
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A part of the budget that is reserved for a running job.</summary>
/// <param name="Amount">US dollars.</param>
/// <param name="IsUntold">Whether it is a guess, because the job does not show what is billed.</param>
readonly record struct SetAside(decimal Amount, bool IsUntold);
