using OpenAIWorker.Limits;

namespace OpenAIWorker.Tests.Limits;

/// <summary>How many calls may run after a refusal, and when; and how many while answers become slower.</summary>
public sealed class RampSpecs
{
    static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void After_a_refusal_one_call_runs_and_twice_as_many_with_each_answer()
    {
        var coolDown = new CoolDown();
        coolDown.Refused(Second, Noon);

        List<int> ramps = [coolDown.Ramp];
        for (var answers = 0; answers < 3; answers++)
        {
            coolDown.Answered(Noon + Second);
            ramps.Add(coolDown.Ramp);
        }

        Assert.Equal([1, 2, 4, 8], ramps);
    }

    [Fact]
    public void An_answer_to_a_call_that_began_before_the_refusal_proves_nothing()
    {
        var coolDown = new CoolDown();
        coolDown.Refused(Second, Noon);

        coolDown.Answered(Noon);

        Assert.Equal(1, coolDown.Ramp);
    }

    [Fact]
    public void Refusals_in_a_row_wait_twice_as_long_each_and_a_minute_at_most()
    {
        var (coolDown, now, waits) = (new CoolDown(), Noon, new List<double>());
        for (var refusals = 0; refusals < 8; refusals++, now += coolDown.Left(now))
        {
            coolDown.Refused(null, now);
            waits.Add(coolDown.Left(now).TotalSeconds);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], waits);
    }

    [Fact]
    public void A_refusal_with_a_shorter_wish_ends_no_pause()
    {
        var coolDown = new CoolDown();
        coolDown.Refused(TimeSpan.FromMinutes(5), Noon);

        coolDown.Refused(Second, Noon);

        Assert.Equal(TimeSpan.FromMinutes(5), coolDown.Left(Noon));
    }

    [Theory]
    [InlineData(100, 1_000, 80)]
    [InlineData(100, 190, 100)]
    [InlineData(2, 20, 100)]
    public void The_window_shrinks_when_answers_take_twice_as_long_and_it_is_not_this_machines_own_doing(double usual,
        double now, int size)
    {
        var window = new ConcurrencyWindow(1, 100);
        foreach (var took in Enumerable.Repeat(usual, 100).Concat(Enumerable.Repeat(now, 100)))
            window.Answered(TimeSpan.FromMilliseconds(took), running: 100, isFull: false);

        Assert.Equal(size, window.Size);
    }
}
