using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Costs;

/// <summary>
/// The prices of models: the settings' own prices before those of the list, which is built in or
/// <c>Costs:PriceFile</c>.
/// </summary>
sealed class PriceList
{
    const string Currency = "USD";

    volatile Prices prices;

    public PriceList(CostsOptions options) => prices = new(options);

    public PriceList(IOptionsMonitor<CostsOptions> options)
        : this(options.CurrentValue) => options.OnChange(changed => prices = new(changed));

    /// <summary>The date of the list, if it has one.</summary>
    public string? Observed => prices.Table.Observed;

    /// <summary>The models with a price of their own.</summary>
    public IEnumerable<string> Names => prices.Table.Names;

    /// <summary>The cost of one call; null if its price is not known.</summary>
    /// <param name="usage">Its usage.</param>
    /// <param name="tier">The service tier of the answer; null is the standard one.</param>
    /// <param name="models">The model's names: first the provider's, then the request's.</param>
    public Cost? Of(Usage usage, string? tier, params ReadOnlySpan<string?> models)
    {
        var now = prices;
        foreach (var model in models)
        {
            if (now.Overrides.For(model, tier) is { } own)
                return Told(own.Of(usage));
            if (now.Table.For(model) is { } price)
                return Told(price.Of(usage, tier));
        }
        return null;
    }

    /// <summary>Whether the model has any price.</summary>
    public bool Has(string? model)
    {
        var now = prices;
        return now.Overrides.For(model, null) is not null || now.Table.For(model) is not null;
    }

    /// <summary>The cost of reading characters aloud, for a model that is billed by them.</summary>
    public Cost? OfCharacters(int characters, string? model)
    {
        var now = prices;
        return now.Overrides.For(model, null) is null ? Told(now.Table.For(model)?.OfCharacters(characters)) : null;
    }

    /// <summary>Whether the model's output has a price; embeddings have none.</summary>
    public bool HasOutput(string? model)
    {
        var now = prices;
        return now.Overrides.For(model, null)?.HasOutput ?? now.Table.For(model)?.HasOutput ?? true;
    }

    static Cost? Told(decimal? amount) => amount is { } known ? new() { Amount = known, Currency = Currency } : null;

    sealed class Prices(CostsOptions options)
    {
        public PriceOverrides Overrides { get; } = new(options.Prices.Values);

        public PriceTable Table { get; } = options.PriceFile is { Length: > 0 } file
            ? PriceTable.Read(file)
            : PriceTable.BuiltIn;
    }
}
