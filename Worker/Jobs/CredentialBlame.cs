namespace OpenAIWorker.Jobs;

/// <summary>What a refusal says about the credential.</summary>
enum CredentialBlame
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>
    /// It may concern the key or the account, or only this request: a prompt, a model, an endpoint, a price.
    /// </summary>
    Suspected,

    /// <summary>It concerns the key or the account: every other job would be refused too.</summary>
    Certain,
}
