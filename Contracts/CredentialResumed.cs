namespace OpenAIWorker.Contracts;

/// <summary>A credential that was paused works again, and its jobs continue.</summary>
public sealed record CredentialResumed
{
    /// <summary>The credential's name in the settings.</summary>
    public required string Credential { get; init; }

    /// <summary>Since when it had been paused.</summary>
    public DateTimeOffset PausedSince { get; init; }

    /// <summary>Since when it works again.</summary>
    public DateTimeOffset Since { get; init; }
}
