using OpenAIWorker.Contracts;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>What one call of the provider used, and what decides its price.</summary>
/// <param name="Usage">As the answer counts it.</param>
/// <param name="Model">As the answer names it.</param>
/// <param name="ServiceTier">The tier in which it was answered; null where the answer does not say.</param>
sealed record BilledCall(Usage Usage, string? Model, string? ServiceTier);
