using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Tests.Upstream;

namespace OpenAIWorker.Tests.Bugs;

/// <summary>
/// A delay that is too large for a <see cref="TimeSpan"/> was thrown out of the consumer: the job came back at once,
/// and was paid for again.
/// </summary>
public sealed class OverflowingDelaySpecs
{
    static readonly DateTimeOffset Now = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Largest_back_off_after_many_waits_is_a_delay()
    {
        var options = new DeliveryOptions
        {
            FirstDelay = TimeSpan.FromHours(1),
            MaxDelay = TimeSpan.FromHours(12),
            MaxAge = TimeSpan.FromDays(30)
        };
        var job = new Job("job-1", "message-model", new MessageModel { Model = "m" }, Attempts: 1, Waits: 40,
            FirstSeen: Now);

        var verdict = RedeliveryPolicy.Judge(new(FailureKind.Throttled, FailureCodes.RateLimited, "Later."), job, Now,
            0, options);

        Assert.Equal(options.MaxDelay, Assert.IsType<Verdict.TryAgain>(verdict).Delay);
    }

    [Theory]
    [InlineData("x-ratelimit-reset-requests: 99999999h")]
    [InlineData("x-ratelimit-reset-tokens: 99999999h")]
    public void Endless_reset_is_ignored(string headers) => Assert.Null(FakeHeaders.Read(headers, Now).RetryAfter);
}
