namespace OpenAIWorker.Delivery.Admission;

/// <summary>How a credential stands.</summary>
/// <param name="Credential">Its name.</param>
/// <param name="PausedSince">Since when it is refused; null while it works.</param>
/// <param name="NextProbe">When a job is let through again.</param>
sealed record CredentialState(string Credential, DateTimeOffset? PausedSince, DateTimeOffset? NextProbe);
