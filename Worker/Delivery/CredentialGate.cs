using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery;

/// <summary>
/// Stands before the calls. After a refusal that only an operator can mend it lets one job through each <c>Delivery:ProbeInterval</c>;
/// the first one that the provider takes opens it again.
/// </summary>
sealed class CredentialGate
{
    readonly Lock guard = new();
    readonly Dictionary<string, Pause> paused = new(StringComparer.OrdinalIgnoreCase);
    readonly IOptions<OpenAIOptions> upstream;
    readonly IOptions<DeliveryOptions> options;
    readonly TimeProvider clock;

    public CredentialGate(IOptions<OpenAIOptions> upstream, IOptions<DeliveryOptions> options, WorkerMeter worker, TimeProvider clock)
    {
        (this.upstream, this.options, this.clock) = (upstream, options, clock);
        worker.Meter.CreateObservableGauge("openai_worker.credentials.paused", Measure, "{credential}", "1 while the credential's jobs wait because the provider refuses it, else 0");
    }

    /// <summary>Every credential of the settings, and its pause if it has one.</summary>
    public IReadOnlyList<CredentialState> States
    {
        get
        {
            lock (guard)
                return [.. upstream.Value.Credentials.Keys.Select(name => new CredentialState(name, paused.GetValueOrDefault(name)?.Since, paused.GetValueOrDefault(name)?.NextProbe))];
        }
    }

    TimeSpan Interval => options.Value.ProbeInterval;

    /// <summary>Null: the job may call now. Else: the gate is closed, and this is what to wait for.</summary>
    public Pause? Enter(string credential)
    {
        lock (guard)
        {
            if (!paused.TryGetValue(credential, out var pause))
                return null;
            if (clock.GetUtcNow() < pause.NextProbe)
                return pause;
            pause.NextProbe = clock.GetUtcNow() + Interval;
            return null;
        }
    }

    /// <summary>Whether no job at all could be called: then jobs are better left where they are.</summary>
    public bool IsClosedToAll
    {
        get
        {
            lock (guard)
                return paused.Count == upstream.Value.Credentials.Count;
        }
    }

    /// <summary>Learns from a call's outcome, and tells what that changed: a <see cref="CredentialPaused"/>, a <see cref="CredentialResumed"/>, or nothing.</summary>
    public object? Learn(string credential, Outcome outcome)
    {
        lock (guard)
        {
            if (IsRefusal(outcome.Failure))
                return Close(credential, outcome.Failure!);
            return IsProofOfWork(outcome) ? Open(credential) : null;
        }
    }

    /// <summary>Whether the job is to wait for the gate instead of ending.</summary>
    public bool Keeps(Failure failure) => IsRefusal(failure);

    // A failure without an answer says nothing about the key.
    static bool IsProofOfWork(Outcome outcome) => outcome.Result is not null || outcome.Failure?.Status is not null;

    bool IsRefusal(Failure? failure) => options.Value.OnCredentialFailure == CredentialFailure.Pause
        && failure?.Code is FailureCodes.Unauthorized or FailureCodes.Forbidden or FailureCodes.QuotaExhausted;

    IEnumerable<Measurement<double>> Measure() =>
        States.Select(state => new Measurement<double>(state.PausedSince is null ? 0 : 1, new KeyValuePair<string, object?>("credential", state.Credential)));

    CredentialPaused? Close(string credential, Failure failure)
    {
        var now = clock.GetUtcNow();
        if (paused.TryGetValue(credential, out var known))
        {
            known.NextProbe = now + Interval;
            return null;
        }
        paused.Add(credential, new(now) { NextProbe = now + Interval });
        return new() { Credential = credential, Code = failure.Code, Message = failure.Message, Since = now, NextProbe = now + Interval };
    }

    CredentialResumed? Open(string credential)
    {
        if (!paused.Remove(credential, out var over))
            return null;
        over.End();
        return new() { Credential = credential, PausedSince = over.Since, Since = clock.GetUtcNow() };
    }
}
