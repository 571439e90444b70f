using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;
using OpenAIWorker.Json;
using OpenAIWorker.Limits.Estimates;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Cli.Batch;

/// <summary>What jobs will use and cost, before they are sent.</summary>
sealed class JobEstimates(PriceList prices)
{
    public static JobEstimate Of(JobRequest job)
    {
        var tokens = TokenEstimate.Of(job);
        return new(OperationCatalog.For(job.GetType()).ModelOf(job), TierOf(job), (long)tokens.Input,
            tokens.Output > 0 ? (long)tokens.Output : null);
    }

    /// <summary>Null where the price is not known. What names no model costs nothing: files, conversations.</summary>
    /// <param name="job">The job.</param>
    /// <param name="outputTokens">For one that does not bound its output.</param>
    public decimal? Price(JobEstimate job, long outputTokens) => job.Model is null
        ? 0
        : prices.Of(new Usage
        {
            InputTokens = job.InputTokens,
            OutputTokens = prices.HasOutput(job.Model)
            ? job.OutputTokens ?? outputTokens
            : 0
        }, job.Tier, job.Model)?.Amount;

    /// <summary>Whether the job's model answers in tokens, which the job may bound.</summary>
    public bool HasOutput(JobEstimate job) => job.Model is not null && prices.HasOutput(job.Model);

    static string? TierOf(JobRequest job) => job switch
    {
        MessageModel message =>
            message.ServiceTier ?? (message.Extra?.GetValueOrDefault(
                "service_tier") is { ValueKind: JsonValueKind.String } tier ? tier.GetString() : null),
        CallApi call => call.Body?.Text("service_tier"),
        _ => null,
    };
}

/// <param name="Model">As the job names it.</param>
/// <param name="Tier">The service tier that it asks for.</param>
/// <param name="InputTokens">As the worker counts them.</param>
/// <param name="OutputTokens">At most; null where the job does not say.</param>
sealed record JobEstimate(string? Model, string? Tier, long InputTokens, long? OutputTokens);
