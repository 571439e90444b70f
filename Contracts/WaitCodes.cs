namespace OpenAIWorker.Contracts;

/// <summary>
/// Values of <see cref="OperationDelayed.Code"/> besides the <see cref="FailureCodes"/>: why a job waits although
/// nothing failed.
/// </summary>
public static class WaitCodes
{
    /// <summary>The job is not to be called yet: <see cref="JobRequest.NotBefore"/>.</summary>
    public const string NotBefore = "not_before";

    /// <summary>The job's credential is paused: <see cref="Contracts.CredentialPaused"/>.</summary>
    public const string CredentialPaused = "credential_paused";

    /// <summary>
    /// The provider works on it in the background, or on an operation that a <c>call-api</c> job started.
    /// </summary>
    public const string Background = "background";

    /// <summary>The handlers of functions have not answered yet.</summary>
    public const string Tools = "tools";

    /// <summary>A run of the provider's own assistants is not over.</summary>
    public const string Run = "run";

    /// <summary>The provider reads the files of an assistant.</summary>
    public const string VectorStore = "vector_store";
}
