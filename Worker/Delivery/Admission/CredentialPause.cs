using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>A credential's pause. Its gate locks.</summary>
sealed class CredentialPause(string credential, Failure cause, DateTimeOffset since)
{
    readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Credential => credential;

    public Failure Cause => cause;

    public DateTimeOffset Since => since;

    /// <summary>When the provider is asked next.</summary>
    public DateTimeOffset NextProbe { get; set; }

    /// <summary>Whether the account may not spend. A call that costs nothing proves nothing then.</summary>
    public bool IsAboutMoney => cause.Code == FailureCodes.QuotaExhausted;

    /// <summary>An operator paused it: neither the worker nor a job tries whether it works.</summary>
    public bool IsOrdered { get; set; }

    /// <summary>
    /// One job at a time may call, to see whether the credential works again: a call that costs nothing could not tell.
    /// </summary>
    public bool IsOnTrial { get; set; }

    /// <summary>The job that may.</summary>
    public Trial? Trial { get; set; }

    /// <summary>Completes when the credential works again.</summary>
    public Task Over => over.Task;

    public void End() => over.TrySetResult();
}

/// <summary>
/// The right to make one call with a paused credential. Disposing gives it back, so that a job that does not call does
/// not keep it.
/// </summary>
sealed class Trial(CredentialPause pause, Action<Trial> giveBack) : IDisposable
{
    public CredentialPause Pause => pause;

    public void Dispose() => giveBack(this);
}

/// <summary>Whether a job may call.</summary>
/// <param name="Closed">Why it may not; null where it may.</param>
/// <param name="Trial">Its call decides whether the credential works again.</param>
readonly record struct Passage(CredentialPause? Closed, Trial? Trial);
