using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Tests.Delivery.Settlement;

public sealed class RedeliveryPolicySpecs
{
    static readonly DateTimeOffset Now = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly DeliveryOptions Options = new();
    static readonly Failure Permanent = new(FailureKind.Permanent, FailureCodes.InvalidRequest, "No.", Remedy.Sender);
    static readonly Failure Transient = new(FailureKind.Transient, FailureCodes.ProviderError, "Perhaps.");
    static readonly Failure Throttled = new(FailureKind.Throttled, FailureCodes.RateLimited, "Later.");

    [Fact]
    public void Permanent_failure_is_given_up_at_once() => Assert.Same(Permanent, GivenUp(Permanent, Job(attempts: 1)));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 8)]
    [InlineData(4, 16)]
    public void Transient_failure_waits_twice_as_long_each_time_and_counts(int attempts, double seconds) =>
        Assert.Equal(new(Transient, TimeSpan.FromSeconds(seconds), CountsAsAttempt: true),
            Again(Transient, Job(attempts)));

    [Fact]
    public void Transient_failure_is_given_up_after_the_last_attempt() =>
        Assert.Same(Transient, GivenUp(Transient, Job(attempts: 5)));

    [Fact]
    public void Throttled_job_waits_and_keeps_its_attempts() =>
        Assert.False(Again(Throttled, Job(attempts: 5, waits: 40)).CountsAsAttempt);

    [Fact]
    public void Throttled_job_waits_as_long_as_it_was_told() =>
        Assert.Equal(TimeSpan.FromHours(2),
            Again(Throttled with { RetryAfter = TimeSpan.FromHours(2) }, Job(waits: 40)).Delay);

    [Fact]
    public void Throttled_job_that_was_told_nothing_backs_off_by_its_waits() =>
        Assert.Equal(TimeSpan.FromSeconds(16), Again(Throttled, Job(waits: 3)).Delay);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(60, 60)]
    public void Transient_failure_waits_for_the_longer_of_wish_and_back_off(double wish, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds),
            Again(Transient with { RetryAfter = TimeSpan.FromSeconds(wish) }, Job()).Delay);

    [Theory]
    [InlineData(0, 60)]
    [InlineData(0.5, 67.5)]
    [InlineData(1, 75)]
    public void Jitter_only_adds(double chance, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds),
            Again(Throttled with { RetryAfter = TimeSpan.FromMinutes(1) }, Job(), chance).Delay);

    [Fact]
    public void Back_off_ends_at_its_bound() =>
        Assert.Equal(Options.MaxDelay, Again(Throttled, Job(waits: 1_000)).Delay);

    [Fact]
    public void A_wish_for_no_wait_backs_off_all_the_same() => Assert.Equal(
        [Options.FirstDelay, 2 * Options.FirstDelay, 4 * Options.FirstDelay],
        Enumerable.Range(0, 3).Select(waits =>
            Again(Throttled with { RetryAfter = TimeSpan.Zero }, Job(waits: waits)).Delay));

    [Fact]
    public void Job_that_would_come_up_after_its_deadline_is_given_up_now()
    {
        var over = GivenUp(Throttled with { RetryAfter = TimeSpan.FromMinutes(5) },
            Job(request: new() { Model = "m", Deadline = Now.AddMinutes(4) }));

        Assert.Equal((FailureCodes.DeadlineExceeded, FailureKind.Permanent, Remedy.Sender),
            (over.Code, over.Kind, over.Remedy));
        Assert.EndsWith("The cause: Later.", over.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Job_that_would_wait_longer_than_the_oldest_may_is_given_up_now()
    {
        var over = GivenUp(Throttled, Job(firstSeen: Now - Options.MaxAge));

        Assert.Equal((FailureCodes.WaitedTooLong, FailureKind.Permanent, Remedy.Operator),
            (over.Code, over.Kind, over.Remedy));
        Assert.Contains("Delivery:MaxAge", over.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Waiting_for_its_own_time_makes_no_job_old() =>
        Again(Throttled, Job(firstSeen: Now.AddDays(-30), request: new() { Model = "m", NotBefore = Now }));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(9, 10)]
    public void Jobs_own_retries_go_before_the_setting(int maxRetries, int lastAttempt)
    {
        var request = new MessageModel { Model = "m", MaxRetries = maxRetries };

        Assert.Same(Transient, GivenUp(Transient, Job(lastAttempt, request: request)));
        if (lastAttempt > 1)
            Again(Transient, Job(lastAttempt - 1, request: request));
    }

    // The age may be exceeded a moment later, because the ladder uses whole seconds.
    [Theory]
    [InlineData(1, 1 * 60 * 60)]
    [InlineData(48, (24 * 60 * 60) + 2)]
    public void A_waiting_job_ends_at_its_deadline_or_at_the_oldest_age_whichever_comes_first(int hours, int seconds) =>
        Assert.Equal(Now.AddSeconds(seconds), RedeliveryPolicy.EndOf(
            Job(request: new() { Model = "m", Deadline = Now.AddHours(hours) }), Options));

    static Verdict.TryAgain Again(Failure failure, Job job, double chance = 0) =>
        Assert.IsType<Verdict.TryAgain>(RedeliveryPolicy.Judge(failure, job, Now, chance, Options));

    static Failure GivenUp(Failure failure, Job job) =>
        Assert.IsType<Verdict.GiveUp>(RedeliveryPolicy.Judge(failure, job, Now, 0, Options)).Failure;

    static Job Job(int attempts = 1, int waits = 0, DateTimeOffset? firstSeen = null, MessageModel? request = null) =>
        new("job-1", "message-model", request ?? new() { Model = "m" }, attempts, waits, firstSeen ?? Now);
}
