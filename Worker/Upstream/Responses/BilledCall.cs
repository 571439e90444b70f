using OpenAIWorker.Contracts;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>The usage of one call, and what decides its price.</summary>
/// <param name="Usage">The usage in the answer.</param>
/// <param name="Model">The model that the answer names.</param>
/// <param name="ServiceTier">The tier of the answer; null if it does not say.</param>
sealed record BilledCall(Usage Usage, string? Model, string? ServiceTier);
