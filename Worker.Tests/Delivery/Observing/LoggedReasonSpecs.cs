using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Tests.Delivery.Observing;

public sealed class LoggedReasonSpecs
{
    [Fact]
    public void A_job_that_would_be_too_late_is_logged_without_what_the_provider_said()
    {
        var now = DateTimeOffset.UnixEpoch;
        var job = new Job("j", "message-model", new MessageModel { Deadline = now.AddSeconds(1) }, 1, 0, now);
        var refused = new Failure(FailureKind.Throttled, FailureCodes.RateLimited,
            "The provider answered 429: a prompt.");

        var over = Assert.IsType<Verdict.GiveUp>(
            RedeliveryPolicy.Judge(refused, job, now, 0, new() { FirstDelay = TimeSpan.FromMinutes(1) })).Failure;

        Assert.Contains("a prompt", over.Message, StringComparison.Ordinal);
        Assert.Equal(
            "deadline_exceeded: The next attempt would be at 1970-01-01T00:01:00+00:00, after the job's "
                + "deadline of 1970-01-01T00:00:01+00:00.",
            LoggedReason.Of(over.Code, over.Message, null, null));
    }
}
