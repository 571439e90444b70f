using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenAIWorker.Contracts;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Costs;

/// <summary>The usage and cost of attempts, including failed ones.</summary>
sealed class CostMetrics
{
    /// <summary>The usage is known, the price is not.</summary>
    public const string NoPrice = "no_price";

    /// <summary>The call was billed, or may have been, and the provider did not report its usage.</summary>
    public const string NoUsage = "no_usage";

    readonly Counter<long> tokens;
    readonly Counter<double> cost;
    readonly Counter<long> unknown;
    readonly ModelNames models;

    public CostMetrics(WorkerMeter worker, ModelNames models)
    {
        this.models = models;
        var meter = worker.Meter;
        tokens = meter.CreateCounter<long>("openai_worker.tokens", "{token}",
            "Tokens used by attempts, by kind: input, cached input, output, reasoning");
        cost = meter.CreateCounter<double>("openai_worker.cost", "{USD}",
            "Cost of attempts, by the price list in the settings");
        unknown = meter.CreateCounter<long>("openai_worker.cost.unknown", "{attempt}",
            "Attempts whose cost is not known: no price in the settings, or no usage in the answer");
    }

    public void Used(string operation, string credential, string model, Usage usage)
    {
        if (!tokens.Enabled)
            return;
        Count("input", usage.InputTokens - usage.CachedTokens);
        Count("cached", usage.CachedTokens);
        Count("output", usage.OutputTokens - usage.ReasoningTokens);
        Count("reasoning", usage.ReasoningTokens);

        void Count(string kind, long count)
        {
            if (count > 0)
                tokens.Add(count, Tags(operation, credential, model, "kind", kind));
        }
    }

    public void Cost(string operation, string credential, string model, decimal amount) =>
        cost.Add((double)amount, new("operation", operation), new("credential", credential),
            new("model", models.Of(model)));

    public void Unknown(string operation, string credential, string model, string reason) =>
        unknown.Add(1, Tags(operation, credential, model, "reason", reason));

    TagList Tags(string operation, string credential, string model, string last, string value) =>
        new() { { "operation", operation }, { "credential", credential }, { "model", models.Of(model) },
            { last, value } };
}
