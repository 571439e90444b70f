using OpenAIWorker.Limits;

namespace OpenAIWorker.Tests.Limits;

/// <summary>After a refusal.</summary>
public sealed class CoolDownSpecs
{
    static readonly CallEnd Ok = new(false, false, null, TimeSpan.FromMilliseconds(100), null, null);

    [Fact]
    public async Task A_refusal_stops_all_until_a_probe_is_answered_and_then_twice_as_many_follow()
    {
        using var scene = new GroupScene(requests: 60_000);
        var running = await scene.TakeAll(3);

        running[0].End(new(true, false, TimeSpan.FromSeconds(2), null, null, null));
        running[1].End(Ok);
        running[2].End(Ok);
        var waiting = Enumerable.Range(0, 10).Select(_ => scene.Ask()).ToList();
        scene.Pass(TimeSpan.FromSeconds(1.9));
        Assert.DoesNotContain(waiting, wait => wait.IsCompleted);

        scene.Pass(TimeSpan.FromSeconds(0.2));
        var probe = await waiting[0];
        Assert.DoesNotContain(waiting.Skip(1), wait => wait.IsCompleted);

        probe!.End(Ok);
        await Task.WhenAll(waiting.Skip(1).Take(2));
        Assert.False(waiting[9].IsCompleted);
    }

    [Fact]
    public async Task A_call_that_will_not_wait_for_the_end_of_a_cool_down_hears_at_once()
    {
        using var scene = new GroupScene(requests: 60);
        var running = await scene.Ask();
        var waiting = scene.Ask(patience: TimeSpan.FromSeconds(2));

        running!.End(new(true, false, TimeSpan.FromMinutes(1), null, null, null));

        Assert.Null(await waiting);
    }

    [Fact]
    public async Task Provider_that_asks_for_less_gets_half()
    {
        using var scene = new GroupScene(requests: 600);
        var first = await scene.TakeAll();
        first[0].End(new(true, true, TimeSpan.FromSeconds(1), null, null, null));
        foreach (var turn in first.Skip(1))
            turn.End(Ok);
        scene.Pass(TimeSpan.FromSeconds(2));

        var calls = 0;
        for (var tenths = 0; tenths < 100; tenths++, scene.Pass(TimeSpan.FromSeconds(0.1)))
            calls += await scene.TakeAndAnswer();

        Assert.InRange(calls, 48, 55);
    }

    [Fact]
    public async Task Refusals_that_come_together_halve_the_limit_once_and_it_comes_back()
    {
        using var scene = new GroupScene(requests: 600);
        var first = await scene.TakeAll();
        foreach (var turn in first)
            turn.End(new(true, true, TimeSpan.FromSeconds(1), null, null, null));
        scene.Pass(TimeSpan.FromSeconds(2));

        Assert.InRange(await InTenSeconds(), 48, 55);
        for (var minutes = 0; minutes < 10; minutes++)
        {
            scene.Pass(TimeSpan.FromMinutes(1));
            await scene.TakeAndAnswer();
        }
        Assert.InRange(await InTenSeconds(), 95, 115);

        async Task<int> InTenSeconds()
        {
            var calls = 0;
            for (var tenths = 0; tenths < 100; tenths++, scene.Pass(TimeSpan.FromSeconds(0.1)))
                calls += await scene.TakeAndAnswer();
            return calls;
        }
    }

    [Theory]
    [InlineData(-120)]
    [InlineData(120)]
    public async Task A_clock_that_is_set_stops_and_hurries_no_call(int seconds)
    {
        using var scene = new GroupScene(requests: 600);
        await scene.TakeAll();
        scene.Pass(TimeSpan.FromSeconds(0.5));

        scene.Wall.Set = TimeSpan.FromSeconds(seconds);

        Assert.Equal(5, (await scene.TakeAll()).Count);
        scene.Pass(TimeSpan.FromSeconds(0.5));
        Assert.Equal(5, (await scene.TakeAll()).Count);
    }

    [Fact]
    public async Task Nor_does_it_lengthen_a_cool_down()
    {
        using var scene = new GroupScene(requests: 60_000);
        (await scene.Ask())!.End(new(true, false, TimeSpan.FromSeconds(2), null, null, null));

        scene.Wall.Set = TimeSpan.FromMinutes(-2);
        scene.Pass(TimeSpan.FromSeconds(2.1));

        Assert.NotNull(await scene.Ask(patience: TimeSpan.Zero));
    }
}
