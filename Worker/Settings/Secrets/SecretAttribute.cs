namespace OpenAIWorker.Settings.Secrets;

/// <summary>A setting that is shown as <c>set</c> or <c>missing</c>, never as itself.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class SecretAttribute : Attribute;

/// <summary>
/// An address whose path may be a secret, because many services put a key there. Only its host is shown.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class SecretPathAttribute : Attribute;
