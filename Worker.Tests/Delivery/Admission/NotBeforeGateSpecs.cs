using System.Reflection;
using MassTransit;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Admission;
using OpenAIWorker.Delivery.Settlement;

namespace OpenAIWorker.Tests.Delivery.Admission;

/// <summary>Jobs that the delay ladder has brought up before their time.</summary>
public sealed class NotBeforeGateSpecs
{
    const int Concurrency = 4;
    static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    readonly FakeTimeProvider clock = new(Noon);
    readonly NotBeforeGate gate;

    public NotBeforeGateSpecs() => gate = new(Options.Create(new DeliveryOptions { Concurrency = Concurrency }),
        new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance), clock);

    [Theory]
    [InlineData(2.1, 2)]
    [InlineData(90, 2)]
    [InlineData(1.9, 0)]
    public async Task A_job_comes_up_two_seconds_early_if_it_has_to_wait_for_longer(double seconds, int early)
    {
        var verdict = await Ask(seconds, waits: 0);

        Assert.Equal((Noon.AddSeconds(seconds), TimeSpan.FromSeconds(early)),
            (Assert.IsType<Verdict.Wait>(verdict).Due, ((Verdict.Wait)verdict).Early));
    }

    [Fact]
    public async Task A_job_that_is_up_early_goes_on_at_its_time_and_not_before()
    {
        var job = Ask(1.5);

        clock.Advance(TimeSpan.FromSeconds(1.499));
        Assert.False(job.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.01));

        Assert.Null(await job);
    }

    [Fact]
    public async Task Half_of_the_slots_are_left_to_jobs_that_are_due_earlier()
    {
        var (first, second) = (Ask(1), Ask(1.5));

        Assert.Equal(TimeSpan.Zero, Assert.IsType<Verdict.Wait>(await Ask(1.5)).Early);
        var earlier = Ask(0.5);
        clock.Advance(TimeSpan.FromSeconds(1.6));

        Assert.All(await Task.WhenAll(first, second, earlier), Assert.Null);
    }

    [Fact]
    public async Task Any_number_of_jobs_waits_for_one_moment()
    {
        var jobs = Enumerable.Range(0, 10 * Concurrency).Select(_ => Ask(1)).ToList();

        clock.Advance(TimeSpan.FromSeconds(1.01));

        Assert.All(await Task.WhenAll(jobs), Assert.Null);
    }

    [Fact]
    public async Task A_job_waits_elsewhere_when_the_clock_is_set_back()
    {
        var job = Ask(1);

        clock.AdjustTime(Noon.AddHours(-1));
        clock.Advance(TimeSpan.FromSeconds(1.01));

        Assert.IsType<Verdict.Wait>(await job);
    }

    async Task<Verdict?> Ask(double seconds, int waits = 1)
    {
        using var arrival = new Arrival(DispatchProxy.Create<ReceiveContext, Blank>(), new("j", "message-model",
            new MessageModel { Model = "m", NotBefore = Noon.AddSeconds(seconds) }, 1, waits, Noon));
        return await gate.Ask(arrival);
    }

    /// <summary>Answers everything with nothing.</summary>
    public class Blank : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod is { ReturnType: { IsValueType: true } type } ? Activator.CreateInstance(type) : null;
    }
}
