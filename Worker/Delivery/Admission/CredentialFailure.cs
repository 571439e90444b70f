namespace OpenAIWorker.Delivery.Admission;

/// <summary>What a refused credential does to its jobs.</summary>
enum CredentialFailure
{
    /// <summary>They wait, all of them, until the credential works again.</summary>
    Pause,

    /// <summary>They fail, one by one.</summary>
    Fail,
}
