using OpenAIWorker.Settings;

namespace OpenAIWorker.Costs;

/// <summary>
/// The section <c>Costs</c>: what models cost. OpenAI's prices are built in as they were when this version was made;
/// they change.
/// </summary>
sealed record CostsOptions
{
    /// <summary>
    /// A price list in the place of the one that is built in, in the layout of LiteLLM's
    /// <c>model_prices_and_context_window.json</c>.
    /// </summary>
    public string? PriceFile { get; init; }

    /// <summary>Prices by names of the operator's choice. They override the list's.</summary>
    public IReadOnlyDictionary<string, PriceOptions> Prices { get; init; } = new Dictionary<string, PriceOptions>();
}

/// <summary>The sections <c>Costs:Prices:NAME</c>: what some models cost, in US dollars.</summary>
sealed record PriceOptions
{
    const int Most = 1_000_000;

    /// <summary>
    /// The models, joined by commas; a <c>*</c> at the end of a name stands for anything. Of several that fit, the
    /// longest name counts.
    /// </summary>
    public string? Models { get; init; }

    /// <summary>
    /// The service tier of the answers that these prices are for, such as <c>flex</c>. Empty: of every tier.
    /// </summary>
    public string? Tier { get; init; }

    /// <summary>Dollars for a million tokens of input.</summary>
    [Allowed(0, Most)]
    public decimal? Input { get; init; }

    /// <summary>
    /// Dollars for a million tokens of input that came from the prompt cache. Empty: as <see cref="Input"/>.
    /// </summary>
    [Allowed(0, Most)]
    public decimal? CachedInput { get; init; }

    /// <summary>
    /// Dollars for a million tokens of input that were written to the prompt cache. Empty: as <see cref="Input"/>.
    /// </summary>
    [Allowed(0, Most)]
    public decimal? CacheWrite { get; init; }

    /// <summary>Dollars for a million tokens of output.</summary>
    [Allowed(0, Most)]
    public decimal? Output { get; init; }

    /// <summary>Dollars for a minute of sound, where a model is paid by its length.</summary>
    [Allowed(0, Most)]
    public decimal? AudioMinute { get; init; }

    /// <summary>Dollars for an image, where a model is paid by their number.</summary>
    [Allowed(0, Most)]
    public decimal? Image { get; init; }
}
