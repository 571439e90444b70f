using OpenAIWorker.Limits.Learning;

namespace OpenAIWorker.Tests.Limits;

/// <summary>The first calls to a provider that tells no limits.</summary>
public sealed class StartRampSpecs
{
    static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Twice_as_many_a_second_each_half_second()
    {
        var (ramp, now, begun) = (new StartRamp(), Noon, new List<DateTimeOffset>());
        for (var calls = 0; calls < 500; calls++)
        {
            ramp.Begin(now);
            begun.Add(now);
            now += ramp.WaitFor(now);
        }

        var halves = begun.CountBy(at => (int)((at - Noon) / TimeSpan.FromSeconds(0.5)))
            .ToDictionary(half => half.Key, half => half.Value);
        Assert.InRange(halves[0], 7, 9);
        Assert.All(Enumerable.Range(1, 4), half => Assert.InRange(halves[half], halves[half - 1] * 1.7,
            halves[half - 1] * 2.3));
    }

    [Fact]
    public void Calls_that_did_not_come_are_not_caught_up_with()
    {
        var ramp = new StartRamp();
        ramp.Begin(Noon);

        ramp.Begin(Noon + TimeSpan.FromMinutes(1));
        ramp.Begin(Noon + TimeSpan.FromMinutes(1));

        Assert.True(ramp.WaitFor(Noon + TimeSpan.FromMinutes(1)) > TimeSpan.Zero);
    }

    [Fact]
    public void It_is_over_after_some_thousand_calls_or_when_the_limit_is_known()
    {
        var (busy, known) = (new StartRamp(), new StartRamp());
        for (var calls = 0; calls < 2_000; calls++)
            busy.Begin(Noon);
        known.Begin(Noon);
        known.End();

        Assert.Equal(TimeSpan.Zero, busy.WaitFor(Noon));
        Assert.Equal(TimeSpan.Zero, known.WaitFor(Noon));
    }
}
