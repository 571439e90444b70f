namespace OpenAIWorker.Settings;

/// <summary>A setting that is shown as <c>set</c> or <c>missing</c>, never as itself.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class SecretAttribute : Attribute;
