namespace OpenAIWorker.Delivery.Credentials;

/// <summary>The effect of a refused credential on its jobs.</summary>
enum CredentialFailure
{
    /// <summary>All of them wait until the credential works again.</summary>
    Pause,

    /// <summary>Each of them fails.</summary>
    Fail,
}
