namespace OpenAIWorker.Jobs;

/// <summary>What a refusal says of the credential.</summary>
enum CredentialBlame
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>
    /// It may be about the key or the account, or about this one request: a prompt, a model, an endpoint, a price.
    /// </summary>
    Suspected,

    /// <summary>It is about the key or the account: every other job would be refused too.</summary>
    Certain,
}
