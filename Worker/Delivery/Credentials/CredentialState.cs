namespace OpenAIWorker.Delivery.Credentials;

/// <summary>The state of a credential.</summary>
/// <param name="Credential">Its name.</param>
/// <param name="PausedSince">Since when it is paused; null while it works.</param>
/// <param name="NextProbe">When the credential is tested next.</param>
sealed record CredentialState(string Credential, DateTimeOffset? PausedSince, DateTimeOffset? NextProbe);
