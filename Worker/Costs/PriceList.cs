using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Costs;

/// <summary>
/// What models cost: the settings' own prices before those of the list, which is built in or <c>Costs:PriceFile</c>.
/// </summary>
sealed class PriceList
{
    const string Currency = "USD";

    volatile Prices prices;

    public PriceList(CostsOptions options) => prices = new(options);

    public PriceList(IOptionsMonitor<CostsOptions> options)
        : this(options.CurrentValue) => options.OnChange(changed => prices = new(changed));

    /// <summary>When the list was made, where it says so.</summary>
    public string? Observed => prices.Table.Observed;

    /// <summary>The models that have a price of their own.</summary>
    public IEnumerable<string> Names => prices.Table.Names;

    /// <summary>What one call costs; null where its price is not known.</summary>
    /// <param name="usage">What it used.</param>
    /// <param name="tier">The service tier in which it was answered; null is the standard one.</param>
    /// <param name="models">The model's names: as the provider says, and as the request said.</param>
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

    /// <summary>What it costs to have characters read out, where a model is paid by them.</summary>
    public Cost? OfCharacters(int characters, string? model)
    {
        var now = prices;
        return now.Overrides.For(model, null) is null ? Told(now.Table.For(model)?.OfCharacters(characters)) : null;
    }

    /// <summary>Whether the model's output has a price: that of embeddings has none.</summary>
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
