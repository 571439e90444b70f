using System.Text.Json;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Limits;

/// <summary>The tier that a job asks for.</summary>
static class FlexTier
{
    /// <summary>Whether it is served from spare capacity, whose absence says nothing about the other tiers.</summary>
    public static bool IsFlex(this JobRequest request) => (request as MessageModel)?.ServiceTier == "flex"
        || request.Extra is { } extra && extra.TryGetValue("service_tier", out var tier)
            && tier is { ValueKind: JsonValueKind.String } && tier.ValueEquals("flex"u8);
}
