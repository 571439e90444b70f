using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using OpenAIWorker.Jobs;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery.Credentials;

/// <summary>
/// Knows before each call which credentials are paused, since when, and which job may test whether one works again. It
/// decides nothing; <see cref="CredentialHold"/> does.
/// </summary>
sealed class CredentialPauses
{
    readonly Lock guard = new();
    readonly Dictionary<string, CredentialPause> paused = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, long> opened = new(StringComparer.OrdinalIgnoreCase);
    readonly IOptionsMonitor<OpenAIOptions> upstream;
    readonly IOptions<DeliveryOptions> options;
    readonly TimeProvider clock;
    TaskCompletionSource changed = New();

    public CredentialPauses(IOptionsMonitor<OpenAIOptions> upstream, IOptions<DeliveryOptions> options,
        WorkerMeter worker, TimeProvider clock)
    {
        (this.upstream, this.options, this.clock) = (upstream, options, clock);
        worker.Meter.CreateObservableGauge("openai_worker.credentials.paused", Measure, "{credential}",
            "1 while the credential is paused, because the provider refuses it or an operator paused it; else 0");
    }

    /// <summary>The next job of a credential decides whether it works again.</summary>
    public event Action<CredentialPause>? TrialOffered;

    /// <summary>Every credential of the settings, and its pause if it has one.</summary>
    public IReadOnlyList<CredentialState> States
    {
        get
        {
            lock (guard)
                return [.. upstream.CurrentValue.Credentials.Keys.Select(name =>
                    new CredentialState(name, paused.GetValueOrDefault(name)?.Since,
                        paused.GetValueOrDefault(name)?.NextProbe))];
        }
    }

    /// <summary>All current pauses.</summary>
    public IReadOnlyList<CredentialPause> All
    {
        get
        {
            lock (guard)
                return [.. paused.Values];
        }
    }

    /// <summary>Completes when a credential is paused, offered for trial or opened.</summary>
    public Task Changed
    {
        get
        {
            lock (guard)
                return changed.Task;
        }
    }

    /// <summary>Whether a job with the credential may call now.</summary>
    /// <param name="credential">The credential.</param>
    /// <param name="asksModel">Whether the call proves that the account may spend.</param>
    public Passage Enter(string credential, bool asksModel)
    {
        lock (guard)
        {
            if (!paused.TryGetValue(credential, out var pause))
                return default;
            if (pause.IsOrdered || !pause.IsOnTrial || pause.Trial is not null || pause.IsAboutMoney && !asksModel)
                return new(pause, null);
            pause.Trial = new(pause, GiveBack);
            return new(null, pause.Trial);
        }
    }

    public bool IsPaused(string credential)
    {
        lock (guard)
            return paused.ContainsKey(credential);
    }

    /// <summary>
    /// Whether the jobs of all other credentials wait too: then a job that waits in memory delays no other job.
    /// </summary>
    public bool IsClosedToOthers(string credential)
    {
        lock (guard)
            return paused.Count >= upstream.CurrentValue.Credentials.Count
                && paused.All(other =>
                    !other.Value.IsOnTrial || string.Equals(other.Key, credential, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The credential was refused. Null: this changes nothing.</summary>
    /// <param name="credential">The credential.</param>
    /// <param name="cause">The refusal.</param>
    /// <param name="began">When the refused call began. A call from before the credential worked again proves
    /// nothing.</param>
    public CredentialPause? Close(string credential, Failure cause, long began)
    {
        lock (guard)
        {
            if (paused.TryGetValue(credential, out var known))
            {
                Postpone(known);
                return null;
            }
            if (opened.TryGetValue(credential, out var since) && began < since)
                return null;
            var now = clock.GetUtcNow();
            var pause = new CredentialPause(credential, cause, now) { NextProbe = now + options.Value.ProbeInterval };
            paused.Add(credential, pause);
            Tell();
            return pause;
        }
    }

    /// <summary>An operator pauses the credential. Null: an operator has paused it already.</summary>
    public CredentialPause? Order(string credential, Failure cause)
    {
        lock (guard)
        {
            if (paused.TryGetValue(credential, out var known))
            {
                known.IsOrdered = true;
                return null;
            }
            var now = clock.GetUtcNow();
            var pause = new CredentialPause(credential, cause, now)
            {
                NextProbe = now + options.Value.ProbeInterval,
                IsOrdered = true
            };
            paused.Add(credential, pause);
            Tell();
            return pause;
        }
    }

    /// <summary>The credential works again. Null: this changes nothing.</summary>
    /// <param name="credential">The credential.</param>
    /// <param name="isOrder">Whether an operator resumes it. Only an operator ends an operator's pause.</param>
    public CredentialPause? Open(string credential, bool isOrder = false)
    {
        lock (guard)
        {
            if (paused.TryGetValue(credential, out var known) && known.IsOrdered && !isOrder
                || !paused.Remove(credential, out var over))
                return null;
            opened[credential] = clock.GetTimestamp();
            over.End();
            Tell();
            return over;
        }
    }

    /// <summary>Lets one job at a time test the credential.</summary>
    public void OfferTrial(CredentialPause pause)
    {
        lock (guard)
        {
            pause.IsOnTrial = true;
            pause.NextProbe = clock.GetUtcNow() + options.Value.ProbeInterval;
            Tell();
        }
        TrialOffered?.Invoke(pause);
    }

    /// <summary>The credential is still refused.</summary>
    public void Postpone(CredentialPause pause)
    {
        lock (guard)
        {
            pause.IsOnTrial = false;
            pause.NextProbe = clock.GetUtcNow() + options.Value.ProbeInterval;
        }
    }

    void GiveBack(Trial trial)
    {
        lock (guard)
        {
            if (trial.Pause.Trial != trial)
                return;
            trial.Pause.Trial = null;
            Tell();
        }
    }

    void Tell()
    {
        changed.SetResult();
        changed = New();
    }

    IEnumerable<Measurement<double>> Measure() =>
        States.Select(state =>
            new Measurement<double>(state.PausedSince is null ? 0 : 1,
                new KeyValuePair<string, object?>("credential", state.Credential)));

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
