using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Delivery;

/// <summary>Counts what attempts use and cost, and says what a job came to.</summary>
sealed class JobCosts(PriceList prices, CostMetrics metrics)
{
    /// <summary>An attempt is over.</summary>
    public void Count(Job job, Outcome outcome)
    {
        var (requested, answered) = (Requested(job), outcome.Result?.Model);
        var model = answered ?? requested;
        // What names no model costs nothing: files, conversations.
        if (model is null || outcome.Usage is null && !outcome.MayBeBilled)
            return;
        if (outcome.Usage is { } usage)
            metrics.Used(job.Operation, job.Credential, model, usage);
        if (Of(outcome.Usage, answered, requested) is { } cost)
            metrics.Cost(job.Operation, job.Credential, model, cost.Amount);
        else
            metrics.Unknown(job.Operation, job.Credential, model, outcome.Usage is null ? CostMetrics.NoUsage : CostMetrics.NoPrice);
    }

    /// <summary>What all attempts at the job cost; null where that is not known.</summary>
    public Cost? Of(Job job, string? answered = null) => Of(job.Spent, answered, Requested(job));

    Cost? Of(Usage? usage, string? answered, string? requested) => usage is null ? null : prices.Of(usage, answered, requested);

    static string? Requested(Job job) => OperationCatalog.Named(job.Operation)?.ModelOf(job.Request);
}
