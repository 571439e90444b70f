using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Credentials;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Delivery.Credentials;

/// <summary>
/// Pauses a credential that the provider refuses, and resumes it. A refusal whose code names the key or the account
/// pauses at once; any other 401, 402 or 403 pauses only if a free call is refused in the same way. During the pause
/// the worker makes this free call itself, every <c>Delivery:ProbeInterval</c> and when its settings change.
/// </summary>
sealed class CredentialHold
{
    /// <summary>The <see cref="CredentialPaused.Code"/> of a pause that an operator ordered.</summary>
    public const string Ordered = "paused_by_operator";

    // The wait and the longest call together stay below RabbitMQ's consumer timeout of 30 minutes.
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    readonly CredentialPauses pauses;
    readonly CredentialCheck check;
    readonly CredentialNews news;
    readonly IHostApplicationLifetime host;
    readonly IOptions<DeliveryOptions> options;
    readonly TimeProvider clock;

    public CredentialHold(
        CredentialPauses pauses, CredentialCheck check, CredentialNews news, OpenAIClients clients,
        IHostApplicationLifetime host, IOptions<DeliveryOptions> options, TimeProvider clock)
    {
        (this.pauses, this.check, this.news, this.host, this.options, this.clock) = (pauses, check, news, host, options,
            clock);
        // A key may have been replaced.
        clients.Changed += AskAll;
    }

    /// <summary>
    /// An operator pauses a credential: running calls continue, all other jobs wait until an operator resumes it.
    /// </summary>
    public void Pause(string credential, string message)
    {
        if (pauses.Order(credential, new(FailureKind.Throttled, Ordered, message)) is not { } pause)
            return;
        news.Ordered(pause);
        _ = Watch(pause);
    }

    /// <summary>An operator resumes a credential, whether an operator or a refusal paused it.</summary>
    public void Resume(string credential)
    {
        if (pauses.Open(credential, isOrder: true) is { } over)
            news.Resumed(over);
    }

    /// <summary>
    /// Whether the job may call. If the jobs of all credentials would wait, the job is first held in memory as long as
    /// a delivery may be held, so that the others stay in their queue.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="asksModel">Whether its call would prove that the credential works again.</param>
    /// <param name="mayHold">Whether it may be held.</param>
    /// <param name="life">The job's time.</param>
    /// <param name="onHeld">Called once, when the wait begins.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<Passage> Enter(Job job, bool asksModel, bool mayHold, JobLife? life,
        Func<CredentialPause, Task> onHeld, CancellationToken cancellation)
    {
        var (began, isTold) = (clock.GetTimestamp(), false);
        while (true)
        {
            var changed = pauses.Changed;
            var passage = pauses.Enter(job.Credential, asksModel);
            if (passage.Closed is null || !mayHold || !pauses.IsClosedToOthers(job.Credential)
                || Longest - clock.GetElapsedTime(began) is not { Ticks: > 0 } left)
                return passage;
            if (!isTold)
                await onHeld(passage.Closed);
            isTold = true;
            using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellation, host.ApplicationStopping,
                life?.End ?? default);
            await Task.WhenAny(changed, Task.Delay(left, clock, leave.Token));
            var isLeaving = leave.IsCancellationRequested;
            await leave.CancelAsync();
            if (isLeaving)
                throw new OperationCanceledException();
        }
    }

    /// <summary>Learns from a call. Returns the job's own failure, to be judged; null if it has none.</summary>
    public async ValueTask<Failure?> Settle(Job job, Outcome outcome, Trial? trial)
    {
        if (options.Value.OnCredentialFailure == CredentialFailure.Fail)
            return outcome.Failure;
        if (outcome.Failure is { Blames: not CredentialBlame.None } refusal)
            return await Settle(job, refusal, outcome.Began, trial);
        if (trial is not null && IsProof(trial.Pause, outcome))
            Works(job.Credential);
        return outcome.Failure;
    }

    async Task<Failure> Settle(Job job, Failure refusal, long began, Trial? trial)
    {
        if (refusal.Blames == CredentialBlame.Suspected && (trial is not null || !pauses.IsPaused(job.Credential)))
        {
            var answer = await check.Ask(job.Credential);
            if (trial is { Pause.IsAboutMoney: false } && answer.IsAccepted)
                Works(job.Credential);
            if (!answer.Confirms(refusal.Status))
                return answer.Status is 0 or 429 or >= 500 && !answer.IsUntried ? Unsure(refusal, answer) : refusal;
        }
        if (pauses.Close(job.Credential, refusal, began) is { } pause)
        {
            news.Paused(pause);
            _ = Watch(pause);
        }
        return refusal with { Kind = FailureKind.Throttled, RetryAfter = options.Value.ProbeInterval };
    }

    // A job that is refused for its prompt proves that the key is valid; only an answer proves that the account may
    // spend.
    static bool IsProof(CredentialPause pause, Outcome outcome) =>
        outcome.ShowsValidKey && (!pause.IsAboutMoney || outcome.Result is not null || outcome.Suspension is not null);

    async Task Watch(CredentialPause pause)
    {
        while (await Passes(options.Value.ProbeInterval) && !pause.Over.IsCompleted)
            await Ask(pause);
    }

    void AskAll()
    {
        foreach (var pause in pauses.All)
            _ = Ask(pause);
    }

    async Task Ask(CredentialPause pause)
    {
        if (pause.IsOrdered)
        {
            pauses.Postpone(pause);
            return;
        }
        var answer = await check.Ask(pause.Credential);
        if (answer.IsAccepted && !pause.IsAboutMoney)
            Works(pause.Credential);
        else if (answer.IsAccepted || answer.IsUntried)
            pauses.OfferTrial(pause);
        else
            pauses.Postpone(pause);
    }

    async Task<bool> Passes(TimeSpan time)
    {
        await Task.Delay(time, clock, host.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !host.ApplicationStopping.IsCancellationRequested;
    }

    void Works(string credential)
    {
        if (pauses.Open(credential) is { } over)
            news.Resumed(over);
    }

    static Failure Unsure(Failure refusal, ProbeAnswer answer) => refusal with
    {
        Kind = FailureKind.Transient,
        Message = refusal.Message.Then("The worker could not find out whether this concerns the key: "
            + $"{answer.Absence ?? $"the provider answered {answer.Status}"}."),
    };
}
