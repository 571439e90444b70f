using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Observing;

/// <summary>Counts the usage and cost of attempts.</summary>
sealed class JobCosts(PriceList prices, CostMetrics metrics)
{
    /// <summary>An attempt is over. Returns it with its cost.</summary>
    public Outcome Count(Job job, Outcome outcome)
    {
        var (requested, answered) = (job.Model, outcome.Result?.Model);
        var model = answered ?? requested;
        // A request without a model costs nothing: files, conversations.
        if (model is null || outcome.Usage is null && !outcome.MayBeBilled)
            return outcome;
        if (outcome.Usage is { } usage)
            metrics.Used(job.Operation, job.Credential, model, usage);
        var cost = Of(job.Request, outcome, answered, requested);
        if (cost is { } known)
            metrics.Cost(job.Operation, job.Credential, model, known);
        else
            metrics.Unknown(job.Operation, job.Credential, model,
                outcome.Usage is null ? CostMetrics.NoUsage : CostMetrics.NoPrice);
        return outcome with { Cost = cost };
    }

    decimal? Of(JobRequest request, Outcome outcome, string? answered, string? requested)
    {
        if (outcome.Calls.Count > 0)
            return outcome.Calls.Aggregate((decimal?)0,
                (sum, call) => sum + prices.Of(call.Usage, call.ServiceTier, call.Model, requested)?.Amount);
        if (outcome.Usage is { } usage)
            return HasUsualSize(request)
                ? prices.Of(usage, outcome.Result?.ServiceTier, answered, requested)?.Amount
                : null;
        return outcome.Result is not null && request is GenerateSpeech { Text: { } text }
            ? prices.OfCharacters(text.Length, requested)?.Amount
            : null;
    }

    // Prices per image are for the usual size and quality.
    static bool HasUsualSize(JobRequest request) =>
        request is not (GenerateImage { Size: not null } or GenerateImage { Quality: not null }
            or EditImage { Size: not null } or EditImage { Quality: not null });
}
