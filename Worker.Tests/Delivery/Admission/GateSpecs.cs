using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Admission;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Settlement;

namespace OpenAIWorker.Tests.Delivery.Admission;

/// <summary>What single gates say of a job.</summary>
public sealed class GateSpecs
{
    static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null)]
    [InlineData(-1)]
    [InlineData(0)]
    public async Task A_job_that_is_due_goes_on(int? minutes) =>
        Assert.Null(await Ask(NotBefore(new FakeTimeProvider(Noon)), new() { NotBefore = At(minutes) }));

    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    [InlineData(1)]
    public async Task A_job_that_is_not_due_waits_for_its_time(int? deadline)
    {
        var verdict = await Ask(NotBefore(new FakeTimeProvider(Noon)),
            new() { NotBefore = At(1), Deadline = At(deadline) });

        var wait = Assert.IsType<Verdict.Wait>(verdict);
        Assert.Equal((Noon.AddMinutes(1), WaitCodes.NotBefore), (wait.Due, wait.Code));
    }

    [Fact]
    public async Task A_job_whose_time_comes_after_its_deadline_is_refused()
    {
        var verdict = await Ask(NotBefore(new FakeTimeProvider(Noon)),
            new() { NotBefore = At(3), Deadline = At(2) });

        var failure = Assert.IsType<Verdict.Refuse>(verdict).Failure;
        Assert.Equal((FailureCodes.DeadlineExceeded, FailureKind.Permanent, Remedy.Sender, "notBefore"),
            (failure.Code, failure.Kind, failure.Remedy, failure.Member));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_whose_earlier_steps_are_unreadable_is_not_called_anew(bool isLost)
    {
        var verdict = await Ask(new LostStateGate(), new(), isLost);

        Assert.Equal(isLost ? FailureCodes.WorkerError : null, (verdict as Verdict.Refuse)?.Failure.Code);
    }

    [Theory]
    [InlineData(-5, 1)]
    [InlineData(4, 1)]
    [InlineData(20, 5)]
    [InlineData(3_600, 15)]
    public void A_job_that_another_worker_has_is_looked_for_again_after_a_quarter_of_its_time(int running, int pause) =>
        Assert.Equal(TimeSpan.FromSeconds(pause), RecordGate.PauseFor(TimeSpan.FromSeconds(running)));

    static NotBeforeGate NotBefore(TimeProvider clock) =>
        new(Options.Create(new DeliveryOptions()), new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance),
            clock);

    static DateTimeOffset? At(int? minutes) => minutes is { } some ? Noon.AddMinutes(some) : null;

    // These gates look only at the job.
    static async Task<Verdict?> Ask(IJobGate gate, MessageModel request, bool isLost = false)
    {
        using var arrival = new Arrival(null!,
            new("j", "message-model", request with { Model = "m" }, 1, 0, Noon) { IsStateLost = isLost });
        return await gate.Ask(arrival);
    }
}
