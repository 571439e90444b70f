using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Cancelling;

namespace OpenAIWorker.Tests.Delivery.Cancelling;

public sealed class CancelledJobsSpecs
{
    static readonly DateTimeOffset Ordered = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    readonly CancelledJobs cancelled = new(Options.Create(new DeliveryOptions()), TimeProvider.System);

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Of_a_tenants_jobs_those_are_cancelled_that_were_sent_before(int seconds, bool isCancelled)
    {
        cancelled.Add(CancelOrder.Of(new CancelJob { Tenant = "acme" }, Ordered, Ordered)!.Value);

        Assert.Equal(isCancelled, cancelled.Contains(Job("acme", seconds)));
        Assert.False(cancelled.Contains(Job("other", seconds)));
    }

    [Fact]
    public void A_job_is_cancelled_by_its_id_whenever_it_was_sent()
    {
        cancelled.Add(CancelOrder.Of(new CancelJob { JobId = "j" }, null, Ordered)!.Value);

        Assert.True(cancelled.Contains(Job("acme", 1)));
    }

    [Theory]
    [InlineData("job")]
    [InlineData("group")]
    [InlineData("tenant")]
    public void A_job_that_is_sent_again_is_cancelled_by_a_later_cancellation_only(string what)
    {
        Cancel(what, 0);
        Assert.True(cancelled.Contains(Again(-1)));
        Assert.True(cancelled.Contains(Again(0)));
        Assert.False(cancelled.Contains(Again(1)));

        Cancel(what, 2);
        Assert.True(cancelled.Contains(Again(1)));
    }

    [Fact]
    public void A_cancellation_that_is_read_again_does_not_hide_a_later_one()
    {
        Cancel("job", 2);

        Cancel("job", 0);

        Assert.True(cancelled.Contains(Again(1)));
    }

    void Cancel(string what, int seconds) => cancelled.Add(CancelOrder.Of(new CancelJob
    {
        JobId = what == "job" ? "j" : null,
        Group = what == "group" ? "g" : null,
        Tenant = what == "tenant" ? "acme" : null,
    }, Ordered.AddSeconds(seconds), Ordered)!.Value);

    static CancelMarks Again(int seconds) => Job("acme", -60) with
    {
        Group = CancelTarget.HashOf("g"),
        SentAgain = Ordered.AddSeconds(seconds),
    };

    static CancelMarks Job(string tenant, int seconds) => new(CancelTarget.HashOf("j"), Guid.Empty,
        CancelTarget.HashOf(tenant), Ordered.AddSeconds(seconds));
}
