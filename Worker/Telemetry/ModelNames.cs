using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace OpenAIWorker.Telemetry;

/// <summary>
/// The models that metrics name: those that a provider has answered for. A job's own word is not enough, since its
/// sender may make up a new one each time, and every name is a series that is kept for ever.
/// </summary>
sealed class ModelNames
{
    /// <summary>What all others are called together.</summary>
    public const string Other = "other";

    // A provider may take any name at all. Times operations and kinds of tokens, this stays below the 2,000 series that
    // OpenTelemetry keeps of a metric.
    const int Most = 200;
    const int Longest = 100;

    readonly ConcurrentDictionary<string, bool> known = new();

    /// <summary>A provider has answered for the model.</summary>
    public void Confirm(string? model)
    {
        if (model is { Length: > 0 and <= Longest } && !known.ContainsKey(model) && known.Count < Most)
            known.TryAdd(model, true);
    }

    /// <summary>The name for a tag. None stays none.</summary>
    [return: NotNullIfNotNull(nameof(model))]
    public string? Of(string? model) => string.IsNullOrEmpty(model) || known.ContainsKey(model) ? model : Other;
}
