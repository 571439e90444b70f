using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Delivery.Credentials;

/// <summary>A credential's pause. <see cref="CredentialPauses"/> locks.</summary>
sealed class CredentialPause(string credential, Failure cause, DateTimeOffset since)
{
    readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Credential => credential;

    public Failure Cause => cause;

    public DateTimeOffset Since => since;

    /// <summary>When the worker asks the provider next.</summary>
    public DateTimeOffset NextProbe { get; set; }

    /// <summary>Whether the account may not spend. A free call proves nothing then.</summary>
    public bool IsAboutMoney => cause.Code == FailureCodes.QuotaExhausted;

    /// <summary>Whether an operator paused it: then neither the worker nor a job tests it.</summary>
    public bool IsOrdered { get; set; }

    /// <summary>Whether one job at a time may call, to test the credential where a free call proves nothing.</summary>
    public bool IsOnTrial { get; set; }

    /// <summary>The job's right to test it.</summary>
    public Trial? Trial { get; set; }

    /// <summary>Completes when the credential works again.</summary>
    public Task Over => over.Task;

    public void End() => over.TrySetResult();
}

/// <summary>
/// The right to make one call with a paused credential. Disposing returns it, so that a job that does not call does not
/// keep it.
/// </summary>
sealed class Trial(CredentialPause pause, Action<Trial> giveBack) : IDisposable
{
    public CredentialPause Pause => pause;

    public void Dispose() => giveBack(this);
}

/// <summary>Whether a job may call.</summary>
/// <param name="Closed">Why it may not; null if it may.</param>
/// <param name="Trial">Its call decides whether the credential works again.</param>
readonly record struct Passage(CredentialPause? Closed, Trial? Trial);
