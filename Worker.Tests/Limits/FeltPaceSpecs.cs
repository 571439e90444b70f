using OpenAIWorker.Limits.Learning;

namespace OpenAIWorker.Tests.Limits;

/// <summary>What refusals tell of a limit.</summary>
public sealed class FeltPaceSpecs
{
    static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);
    static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    readonly FeltPace pace = new();
    DateTimeOffset now = Noon;

    [Fact]
    public void Without_a_refusal_there_is_no_limit()
    {
        Use(perSecond: 100, seconds: 60);

        Assert.False(pace.IsFelt);
    }

    [Fact]
    public void The_first_refusal_tells_the_pace_up_to_it_and_a_burst()
    {
        Use(perSecond: 20, seconds: 4);

        Refuse();

        Assert.InRange(pace.PerSecond, 16, 16.2);
    }

    [Fact]
    public void Between_two_refusals_what_was_accepted_is_the_limit()
    {
        Use(perSecond: 20, seconds: 4);
        Refuse();
        Use(perSecond: 15, seconds: 20);

        Refuse();

        Assert.InRange(pace.PerSecond, 14.9, 15.1);
    }

    [Fact]
    public void Hours_with_few_calls_do_not_make_the_limit_small()
    {
        Use(perSecond: 0.01, seconds: 36_000);
        Use(perSecond: 50, seconds: 2);

        Refuse();

        Assert.InRange(pace.PerSecond, 10, 60);
    }

    [Fact]
    public void A_rest_before_a_refusal_lowers_the_pace_by_a_tenth()
    {
        Use(perSecond: 20, seconds: 4);
        Refuse();
        var before = pace.PerSecond;
        now += TimeSpan.FromMinutes(10);

        pace.Refused(1, now, unused: 5_000, now);

        Assert.Equal(before * 0.9, pace.PerSecond, 6);
    }

    [Fact]
    public void A_provider_that_accepts_nothing_still_gets_a_call_a_minute()
    {
        for (var calls = 0; calls < 50; calls++)
        {
            pace.Spend(1, Burst, now);
            pace.Spend(-1, Burst, now);
            Refuse();
            now += TimeSpan.FromSeconds(5);
        }

        Assert.InRange(pace.PerSecond, 1 / 60.0, 0.1);
    }

    [Fact]
    public void The_longer_it_was_measured_the_less_it_is_tried_with_more()
    {
        Use(perSecond: 20, seconds: 4);
        Refuse();
        var first = Grown(6);
        Use(perSecond: 16, seconds: 5);
        Refuse();

        Assert.InRange(first, 1.01, 1.35);
        Assert.InRange(Grown(30), 1.0005, 1.01);
        Assert.InRange(Grown(300), 2, 10);
    }

    // By what factor it is higher after so many seconds of use.
    double Grown(int seconds)
    {
        var before = pace.PerSecond;
        var amount = before * seconds;
        pace.Spend(amount, Burst, now);
        var grown = pace.PerSecond / before;
        pace.Spend(-amount, Burst, now);
        return grown;
    }

    void Use(double perSecond, int seconds)
    {
        for (var calls = 0; calls < perSecond * seconds; calls++, now += TimeSpan.FromSeconds(1 / perSecond))
            pace.Spend(1, Burst, now);
    }

    void Refuse() => pace.Refused(1, now, unused: 0, now);
}
