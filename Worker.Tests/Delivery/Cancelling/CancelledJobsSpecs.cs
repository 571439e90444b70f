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
        cancelled.Add(CancelOrder.Of(new CancelJob { Tenant = "acme" }, Ordered)!.Value);

        Assert.Equal(isCancelled, cancelled.Contains(Job("acme", seconds)));
        Assert.False(cancelled.Contains(Job("other", seconds)));
    }

    [Fact]
    public void A_job_is_cancelled_by_its_id_whenever_it_was_sent()
    {
        cancelled.Add(CancelOrder.Of(new CancelJob { JobId = "j" }, null)!.Value);

        Assert.True(cancelled.Contains(Job("acme", 1)));
    }

    static CancelMarks Job(string tenant, int seconds) => new(CancelTarget.HashOf("j"), Guid.Empty,
        CancelTarget.HashOf(tenant), Ordered.AddSeconds(seconds));
}
