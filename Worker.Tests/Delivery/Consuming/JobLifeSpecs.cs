using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Jobs;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Consuming;

/// <summary>Whatever ends a job's wait gives a reason: an end without one would be a fault of the worker.</summary>
public sealed class JobLifeSpecs
{
    static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    readonly FakeTimeProvider time = new(Noon);
    readonly WarpedClock clock;
    readonly IOptions<DeliveryOptions> options =
        Options.Create(new DeliveryOptions { MaxAge = TimeSpan.FromMinutes(1) });
    readonly CancelledJobs cancelled;

    public JobLifeSpecs()
    {
        clock = new(time);
        cancelled = new(options, clock);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-120_000)]
    public void A_deadline_is_over_when_its_timer_says_so_wherever_the_clock_stands(int milliseconds)
    {
        using var life = Of(new MessageModel { Model = "m", Deadline = Noon + Soon });
        var end = life.End;
        clock.Set = TimeSpan.FromMilliseconds(milliseconds);

        time.Advance(Soon);

        Assert.True(end.IsCancellationRequested);
        Assert.Equal(FailureCodes.DeadlineExceeded, life.Over?.Code);
    }

    [Fact]
    public void So_is_the_age()
    {
        using var life = Of(new MessageModel { Model = "m" });
        var end = life.End;
        clock.Set = TimeSpan.FromSeconds(-90);

        time.Advance(TimeSpan.FromMinutes(2));

        Assert.True(end.IsCancellationRequested);
        Assert.Equal(FailureCodes.WaitedTooLong, life.Over?.Code);
    }

    [Fact]
    public void What_the_provider_is_at_does_not_end_for_its_age()
    {
        using var life = Of(new MessageModel { Model = "m" }, new JobState());
        var end = life.End;

        time.Advance(TimeSpan.FromDays(2));

        Assert.False(end.IsCancellationRequested);
        Assert.Null(life.Over);
    }

    [Fact]
    public void A_cancelled_job_ends_at_once()
    {
        using var life = Of(new MessageModel { Model = "m" });
        var end = life.End;

        cancelled.Add(CancelOrder.Of(new() { JobId = "j" }, null, Noon)!.Value);

        Assert.True(end.IsCancellationRequested);
        Assert.Equal(FailureCodes.Cancelled, life.Over?.Code);
    }

    JobLife Of(MessageModel request, JobState? state = null) =>
        new JobLives(cancelled, options, clock).Of(new("j", "message-model", request, 1, 0, Noon, State: state));
}
