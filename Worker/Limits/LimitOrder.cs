using OpenAIWorker.Limits.Estimates;

namespace OpenAIWorker.Limits;

/// <summary>A limit that an operator set for the running workers.</summary>
/// <param name="Credential">The credential; null: every credential.</param>
/// <param name="Group">A group of the settings, or a model that no group names.</param>
/// <param name="RequestsPerMinute">Requests per minute; null: by the settings or the provider.</param>
/// <param name="TokensPerMinute">Tokens per minute, likewise.</param>
sealed record LimitOrder(string? Credential, string Group, long? RequestsPerMinute, long? TokensPerMinute)
{
    /// <summary>
    /// The limit that is known from the start: from the settings, unless an operator set another one. An order for one
    /// credential overrides one for all.
    /// </summary>
    public static LimitGroupOptions? Over(IReadOnlyList<LimitOrder> orders, LimitKey key, LimitGroupOptions? settings)
    {
        foreach (var order in orders.Where(order => order.Is(key)).OrderBy(order => order.Credential is not null))
            settings = (settings ?? new()) with
            {
                RequestsPerMinute = order.RequestsPerMinute ?? settings?.RequestsPerMinute,
                TokensPerMinute = order.TokensPerMinute ?? settings?.TokensPerMinute,
            };
        return settings;
    }

    bool Is(LimitKey key) => Group == key.Group
        && (Credential is null || string.Equals(Credential, key.Credential, StringComparison.OrdinalIgnoreCase));
}
