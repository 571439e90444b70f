namespace OpenAIWorker.Costs;

/// <summary>The names of service tiers in answers, and in the fields of a price list.</summary>
static class ServiceTiers
{
    public const string Standard = "default";

    /// <summary>The suffix of a field's name; empty for the standard tier, null for an unknown one.</summary>
    public static string? SuffixOf(string? tier) => tier?.ToLowerInvariant() switch
    {
        null or "" or Standard or "auto" or "standard" => "",
        "flex" => "_flex",
        "priority" or "fast" => "_priority",
        "ultrafast" => "_ultrafast",
        "batch" => Batches,
        _ => null,
    };

    public const string Batches = "_batches";
}
