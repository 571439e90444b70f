using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Costs;

/// <summary>
/// A model's fields of a price list in LiteLLM's format, each in dollars per token, second, character or image. A
/// missing field is an unknown price; a tier without its own field does not get the standard price.
/// </summary>
sealed partial class ModelPrice
{
    const string Input = "input_cost_per_token";
    const string Output = "output_cost_per_token";
    const string CacheRead = "cache_read_input_token_cost";
    const string CacheWrite = "cache_creation_input_token_cost";
    const int Thousand = 1_000;

    readonly IReadOnlyDictionary<string, decimal> fields;
    readonly bool isImageModel;
    readonly long longContext;
    readonly string longSuffix = "";

    public ModelPrice(IReadOnlyDictionary<string, decimal> fields, string? mode)
    {
        (this.fields, isImageModel, longContext) = (fields, mode == "image_generation", long.MaxValue);
        if (fields.Keys.Select(field => LongContext().Match(field))
            .FirstOrDefault(match => match.Success) is not { } match)
            return;
        (longContext, longSuffix) =
            (long.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture) * Thousand,
                match.Groups[1].Value);
    }

    /// <summary>For models without output, such as embeddings, lists have a price of 0.</summary>
    public bool HasOutput => fields.Any(price =>
        price.Value > 0 && price.Key.StartsWith("output_cost_per", StringComparison.Ordinal));

    public decimal? OfCharacters(int characters) => Of(characters, fields.GetValueOrNull("input_cost_per_character"));

    /// <summary>Null: something that was used has no price.</summary>
    public decimal? Of(Usage usage, string? tier) => usage switch
    {
        { InputTokens: 0, OutputTokens: 0, AudioSeconds: { } seconds } =>
            (decimal)seconds * fields.GetValueOrNull("input_cost_per_second"),
        { InputTokens: 0, OutputTokens: 0, Images: { } images } =>
            images * fields.GetValueOrNull("input_cost_per_image"),
        _ => ServiceTiers.SuffixOf(tier) is { } suffix ? InputOf(usage, suffix) + OutputOf(usage, suffix) : null,
    };

    decimal? InputOf(Usage usage, string tier)
    {
        var isLong = usage.InputTokens > longContext;
        var (audio, image, written) = (usage.InputAudioTokens ?? 0, usage.InputImageTokens ?? 0,
            usage.CacheWriteTokens);
        return Of(usage.InputTokens - usage.CachedTokens - written - audio - image, Price(Input, tier, isLong))
            + Of(usage.CachedTokens, PriceOr(CacheRead, Input, tier, isLong))
            + Of(written, PriceOr(CacheWrite, Input, tier, isLong))
            + Of(audio, fields.GetValueOrNull("input_cost_per_audio_token"))
            // For a chat model, images are input like any other.
            + Of(image, fields.GetValueOrNull("input_cost_per_image_token") ?? Price(Input, tier, isLong));
    }

    decimal? OutputOf(Usage usage, string tier)
    {
        var isLong = usage.InputTokens > longContext;
        var audio = usage.OutputAudioTokens ?? 0;
        var image = usage.OutputImageTokens ?? (isImageModel ? usage.OutputTokens : 0);
        return Of(usage.OutputTokens - audio - image, Price(Output, tier, isLong))
            + Of(audio, fields.GetValueOrNull("output_cost_per_audio_token"))
            + Of(image, fields.GetValueOrNull("output_cost_per_image_token"));
    }

    // A part without any price of its own costs the same as input; if only the tier's price is missing, the price is
    // unknown.
    decimal? PriceOr(string field, string other, string tier, bool isLong) =>
        fields.Keys.Any(key => key.StartsWith(field, StringComparison.Ordinal))
            ? Price(field, tier, isLong)
            : Price(other, tier, isLong);

    decimal? Price(string field, string tier, bool isLong)
    {
        var longer = isLong ? fields.GetValueOrNull(field + longSuffix + tier) : null;
        return longer ?? fields.GetValueOrNull(field + tier)
            ?? (tier == ServiceTiers.Batches ? Price(field, "", isLong) / 2 : null);
    }

    // Without use, no price is needed.
    static decimal? Of(long tokens, decimal? price) => tokens <= 0 ? 0 : price * tokens;

    [GeneratedRegex(@"^input_cost_per_token(_above_(\d+)k_tokens)$")]
    private static partial Regex LongContext();
}

static class PriceFields
{
    public static decimal? GetValueOrNull(this IReadOnlyDictionary<string, decimal> fields, string name) =>
        fields.TryGetValue(name, out var price) ? price : null;
}
