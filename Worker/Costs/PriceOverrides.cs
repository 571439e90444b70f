using OpenAIWorker.Contracts;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Costs;

/// <summary>The prices of <c>Costs:Prices</c>.</summary>
sealed class PriceOverrides(IEnumerable<PriceOptions> given)
{
    // The longest name first, because it is the most specific. Of two equal ones, the one with a tier comes first.
    readonly IReadOnlyList<(string Pattern, PriceOptions Price)> prices =
    [
        .. from price in given
           from pattern in NameList.Of(price.Models)
           orderby pattern.Length descending, price.Tier is null
           select (pattern, price),
    ];

    public OwnPrice? For(string? model, string? tier)
    {
        if (model is null)
            return null;
        foreach (var (pattern, price) in prices)
        {
            if (NameList.Fits(pattern, model)
                && (price.Tier is null || string.Equals(price.Tier, tier ?? ServiceTiers.Standard,
                    StringComparison.OrdinalIgnoreCase)))
                return new(price);
        }
        return null;
    }
}

/// <summary>One of these prices.</summary>
readonly record struct OwnPrice(PriceOptions Price)
{
    const decimal Million = 1_000_000;
    const decimal SecondsInAMinute = 60;

    public bool HasOutput => Price.Output is not null;

    public decimal? Of(Usage usage) => usage switch
    {
        { InputTokens: 0, OutputTokens: 0, AudioSeconds: { } seconds } =>
            Price.AudioMinute * (decimal)seconds / SecondsInAMinute,
        { InputTokens: 0, OutputTokens: 0, Images: { } images } => Price.Image * images,
        _ =>
            (Of(usage.InputTokens - usage.CachedTokens - Written(usage), Price.Input)
                + Of(usage.CachedTokens, Price.CachedInput ?? Price.Input)
            + Of(Written(usage), Price.CacheWrite ?? Price.Input) + Of(usage.OutputTokens, Price.Output)) / Million,
    };

    static long Written(Usage usage) => usage.CacheWriteTokens;

    // Without use, no price is needed.
    static decimal? Of(long tokens, decimal? price) => tokens <= 0 ? 0 : price * tokens;
}
