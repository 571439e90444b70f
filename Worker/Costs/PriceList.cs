using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Costs;

/// <summary>The prices of the settings.</summary>
sealed class PriceList(IOptions<CostsOptions> options)
{
    const string Currency = "USD";
    const decimal Million = 1_000_000;
    const decimal SecondsInAMinute = 60;

    // The longest name first: it says most about the model.
    readonly IReadOnlyList<(string Pattern, PriceOptions Price)> prices =
    [
        .. from price in options.Value.Prices.Values
           from pattern in (price.Models ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
           orderby pattern.Length descending
           select (pattern, price),
    ];

    /// <summary>What the usage costs; null where the price is not known.</summary>
    /// <param name="usage">What was used.</param>
    /// <param name="models">The model's names: as the provider says, and as the request said.</param>
    public Cost? Of(Usage usage, params ReadOnlySpan<string?> models)
    {
        foreach (var model in models)
        {
            if (PriceOf(model) is { } price)
                return Amount(usage, price) is { } amount ? new() { Amount = amount, Currency = Currency } : null;
        }
        return null;
    }

    PriceOptions? PriceOf(string? model)
    {
        if (model is null)
            return null;
        foreach (var (pattern, price) in prices)
        {
            if (pattern.EndsWith('*') ? model.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal) : model == pattern)
                return price;
        }
        return null;
    }

    static decimal? Amount(Usage usage, PriceOptions price) => usage switch
    {
        { InputTokens: 0, OutputTokens: 0, AudioSeconds: { } seconds } => price.AudioMinute * (decimal)seconds / SecondsInAMinute,
        { InputTokens: 0, OutputTokens: 0, Images: { } images } => price.Image * images,
        _ => (Of(usage.InputTokens - usage.CachedTokens, price.Input) + Of(usage.CachedTokens, price.CachedInput ?? price.Input)
            + Of(usage.OutputTokens, price.Output)) / Million,
    };

    // What was not used needs no price.
    static decimal? Of(long tokens, decimal? price) => tokens == 0 ? 0 : price * tokens;
}
