using OpenAIWorker.Settings;

namespace OpenAIWorker.Costs;

/// <summary>The section <c>Costs</c>: what models cost. Prices change, so there are none but those given here.</summary>
sealed record CostsOptions
{
    /// <summary>Prices by names of the operator's choice.</summary>
    public IReadOnlyDictionary<string, PriceOptions> Prices { get; init; } = new Dictionary<string, PriceOptions>();
}

/// <summary>The sections <c>Costs:Prices:NAME</c>: what some models cost, in US dollars.</summary>
sealed record PriceOptions
{
    const int Most = 1_000_000;

    /// <summary>The models, joined by commas; a <c>*</c> at the end of a name stands for anything. Of several that fit, the longest name counts.</summary>
    public string? Models { get; init; }

    /// <summary>Dollars for a million tokens of input.</summary>
    [Allowed(0, Most)]
    public decimal? Input { get; init; }

    /// <summary>Dollars for a million tokens of input that came from the prompt cache. Empty: as <see cref="Input"/>.</summary>
    [Allowed(0, Most)]
    public decimal? CachedInput { get; init; }

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
