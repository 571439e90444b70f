using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace OpenAIWorker.Telemetry;

/// <summary>
/// The models in metrics: those for which a provider has answered. A job's own value is not enough, because its sender
/// may invent a new name each time, and every name is a series that is kept for ever.
/// </summary>
sealed class ModelNames
{
    /// <summary>The common name of all others.</summary>
    public const string Other = "other";

    // A provider may accept any name. Multiplied by operations and kinds of tokens, this stays below the 2,000 series
    // that OpenTelemetry keeps per metric.
    const int Most = 200;
    const int Longest = 100;

    readonly ConcurrentDictionary<string, bool> known = new();

    /// <summary>A provider has answered for the model.</summary>
    public void Confirm(string? model)
    {
        if (model is { Length: > 0 and <= Longest } && !known.ContainsKey(model) && known.Count < Most)
            known.TryAdd(model, true);
    }

    /// <summary>The name for a tag. No name stays none.</summary>
    [return: NotNullIfNotNull(nameof(model))]
    public string? Of(string? model) => string.IsNullOrEmpty(model) || known.ContainsKey(model) ? model : Other;
}
