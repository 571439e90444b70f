using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Credentials;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Jobs;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Tests.Delivery.Credentials;

/// <summary>When a paused credential continues, on a clock that the test moves.</summary>
public sealed class CredentialHoldSpecs : IAsyncLifetime
{
    static readonly Failure BadKey = FailureClassifier.Of(401, new() { Code = "invalid_api_key" },
        Upstream.FakeHeaders.Read(""));
    static readonly Failure NoMoney = FailureClassifier.Of(429, new() { Code = "insufficient_quota" },
        Upstream.FakeHeaders.Read(""));
    static readonly Failure DeadDownload = Failure.Invalid("images", "The picture is gone.");
    static readonly Job Any = new("job-1", "message-model", Operations.Messages.Smallest, 1, 0, default);

    readonly FakeTimeProvider clock = new();
    KeyedProvider provider = null!;
    IHost worker = null!;
    CredentialHold hold = null!;
    CredentialPauses pauses = null!;

    public async ValueTask InitializeAsync()
    {
        provider = await KeyedProvider.Start();
        var builder = WorkerHost.Worker([.. TestSettings.For(null),
            $"--OpenAI:Credentials:default:BaseUrl={provider.Url}",
            $"--OpenAI:Credentials:other:BaseUrl={provider.Url}", "--OpenAI:Credentials:other:ApiKey=b"]);
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        worker = builder.Build();
        (hold, pauses) = (worker.Services.GetRequiredService<CredentialHold>(),
            worker.Services.GetRequiredService<CredentialPauses>());
    }

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)worker).DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task A_repaired_key_is_noticed_by_the_workers_own_call_without_any_job()
    {
        provider.Refusal = (_, _, _) => (401, "");
        await Learn(BadKey);
        await Passes(TimeSpan.FromMinutes(1));
        Assert.NotNull((await Enter()).Closed);

        provider.Refusal = (_, _, _) => null;
        clock.Advance(TimeSpan.FromMinutes(1));

        await Eventually.Is(() => !pauses.IsPaused("default"));
        Assert.Null((await Enter()).Closed);
    }

    [Fact]
    public async Task A_late_success_and_a_failure_of_the_provider_resume_nothing()
    {
        await Learn(BadKey);

        await Learn(null, showsValidKey: true);
        await Learn(new(FailureKind.Transient, FailureCodes.ProviderError, "502") { Status = 502 });

        Assert.NotNull((await Enter()).Closed);
    }

    [Fact]
    public async Task A_late_refusal_pauses_no_credential_that_works_again()
    {
        var before = clock.GetTimestamp();
        await Learn(BadKey);
        clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.Is(() => !pauses.IsPaused("default"));

        await Learn(BadKey, began: before);

        Assert.Null((await Enter()).Closed);
    }

    [Fact]
    public async Task Of_a_used_up_quota_a_call_that_costs_nothing_proves_nothing_so_one_job_tries()
    {
        await Learn(NoMoney);
        clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.Is(async () => (await Enter(asksModel: true)) is { Trial: { } free } && Free(free));

        Assert.NotNull((await Enter(asksModel: false)).Closed);
        using var trial = (await Enter()).Trial;
        Assert.NotNull((await Enter()).Closed);
        await Learn(null, showsValidKey: true, trial);

        Assert.Null((await Enter()).Closed);
        Assert.False(pauses.IsPaused("default"));
    }

    [Fact]
    public async Task A_job_that_never_comes_to_call_is_no_try()
    {
        await Learn(NoMoney);
        clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.Is(async () => (await Enter()) is { Trial: { } free } && Free(free));

        using (var trial = (await Enter()).Trial)
            await Learn(DeadDownload, trial: trial);

        Assert.True(pauses.IsPaused("default"));
        Assert.NotNull((await Enter()).Trial);
    }

    [Fact]
    public async Task A_refused_prompt_shows_that_the_key_is_known_and_not_that_there_is_money()
    {
        await Learn(NoMoney);
        clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.Is(async () => (await Enter()) is { Trial: { } free } && Free(free));

        using (var trial = (await Enter()).Trial)
            await Learn(DeadDownload, showsValidKey: true, trial);

        Assert.True(pauses.IsPaused("default"));
    }

    [Fact]
    public async Task A_try_that_is_refused_closes_the_gate_until_the_next_probe()
    {
        await Learn(NoMoney);
        clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.Is(async () => (await Enter()) is { Trial: { } free } && Free(free));

        using (var trial = (await Enter()).Trial)
            await Learn(NoMoney, trial: trial);
        Assert.NotNull((await Enter()).Closed);

        clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.Is(async () => (await Enter()) is { Trial: { } free } && Free(free));
    }

    [Fact]
    public async Task Refusals_that_come_together_are_asked_about_once()
    {
        provider.Refusal = (_, _, _) => (403, "");
        var refusal = FailureClassifier.Of(403, null, Upstream.FakeHeaders.Read(""));

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Learn(refusal)));

        Assert.InRange(provider.Probes, 1, 10);
        Assert.True(pauses.IsPaused("default"));
    }

    static bool Free(Trial trial)
    {
        trial.Dispose();
        return true;
    }

    ValueTask<Passage> Enter(bool asksModel = true) =>
        hold.Enter(Any, asksModel, mayHold: false, null, _ => Task.CompletedTask,
            TestContext.Current.CancellationToken);

    Task<Failure?> Learn(Failure? failure, bool showsValidKey = false, Trial? trial = null, long? began = null) =>
        hold.Settle(Any,
        new(failure is null ? new ModelMessaged { JobId = "job-1" } : null, failure, [], default,
            default)
        { ShowsValidKey = showsValidKey, Began = began ?? clock.GetTimestamp() }, trial).AsTask();

    // The worker probes when the time is over; by then the result is known.
    async Task Passes(TimeSpan time)
    {
        var before = provider.Probes;
        clock.Advance(time);
        await Eventually.Is(() => provider.Probes > before);
    }
}
