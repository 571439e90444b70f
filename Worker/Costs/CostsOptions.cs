
using OpenAIWorker.Settings;

namespace OpenAIWorker.Costs;

/// <summary>
/// The section <c>Costs</c>: the prices of models. OpenAI's prices at the time of this release are built in; they
/// change.
/// </summary>
sealed record CostsOptions
{
    /// <summary>
    /// A price list that replaces the built-in one, in the format of LiteLLM's
    /// <c>model_prices_and_context_window.json</c>.
    /// </summary>
    public string? PriceFile { get; init; }

    /// <summary>Prices by names that the operator chooses. They override the list's.</summary>
    public IReadOnlyDictionary<string, PriceOptions> Prices { get; init; } = new Dictionary<string, PriceOptions>();
}

/// <summary>The sections <c>Costs:Prices:NAME</c>: the prices of some models, in US dollars.</summary>
sealed record PriceOptions
{
    const int Most = 1_000_000;

    /// <summary>
    /// The models, joined by commas; a <c>*</c> at the end of a name matches anything. If several match, the longest
    /// name counts.
    /// </summary>
    public string? Models { get; init; }

    /// <summary>
    /// The service tier of the answers to which these prices apply, such as <c>flex</c>. Empty: every tier.
    /// </summary>
    public string? Tier { get; init; }

    /// <summary>Dollars per million input tokens.</summary>
    [Allowed(0, Most)]
    public decimal? Input { get; init; }

    /// <summary>Dollars per million input tokens from the prompt cache. Empty: as <see cref="Input"/>.</summary>
    [Allowed(0, Most)]
    public decimal? CachedInput { get; init; }

    /// <summary>Dollars per million input tokens written to the prompt cache. Empty: as <see cref="Input"/>.</summary>
    [Allowed(0, Most)]
    public decimal? CacheWrite { get; init; }

    /// <summary>Dollars per million output tokens.</summary>
    [Allowed(0, Most)]
    public decimal? Output { get; init; }

    /// <summary>Dollars per minute of sound, for a model that is billed by duration.</summary>
    [Allowed(0, Most)]
    public decimal? AudioMinute { get; init; }

    /// <summary>Dollars per image, for a model that is billed per image.</summary>
    [Allowed(0, Most)]
    public decimal? Image { get; init; }
}
