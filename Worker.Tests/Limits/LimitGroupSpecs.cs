using OpenAIWorker.Limits;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Tests.Limits;

public sealed class LimitGroupSpecs
{
    static readonly CallEnd Ok = new(false, false, null, TimeSpan.FromMilliseconds(100), null, null);

    [Fact]
    public async Task Known_limit_lets_a_burst_through_and_then_as_many_as_it_refills()
    {
        using var scene = new GroupScene(requests: 600);

        var first = await scene.TakeAll();
        scene.Pass(TimeSpan.FromSeconds(0.5));
        var second = await scene.TakeAll();

        Assert.Equal((10, 5), (first.Count, second.Count));
    }

    [Fact]
    public async Task Replicas_have_a_part_each()
    {
        using var scene = new GroupScene(requests: 600, replicas: 4);

        var calls = 0;
        for (var tenths = 0; tenths < 600; tenths++, scene.Pass(TimeSpan.FromSeconds(0.1)))
            calls += await scene.TakeAndAnswer();

        Assert.InRange(calls, 148, 153);
    }

    [Fact]
    public async Task Requests_and_tokens_are_taken_together_or_not_at_all()
    {
        using var scene = new GroupScene(requests: 600, tokens: 60_000);

        Assert.NotNull(await scene.Ask(tokens: 900));
        Assert.Null(await scene.Ask(tokens: 200, patience: TimeSpan.Zero));
        Assert.NotNull(await scene.Ask(tokens: 100, patience: TimeSpan.Zero));
    }

    [Fact]
    public async Task Unknown_limit_is_felt_out_by_one_call_and_then_followed()
    {
        using var scene = new GroupScene();
        var first = await scene.Ask();
        var waiting = Enumerable.Range(0, 20).Select(_ => scene.Ask()).ToList();
        Assert.DoesNotContain(waiting, wait => wait.IsCompleted);

        GroupScene.Answer(first!, requests: new(600, 9, TimeSpan.FromSeconds(0.1)));
        await Task.WhenAll(waiting.Take(5));
        Assert.DoesNotContain(waiting.Skip(6), wait => wait.IsCompleted);

        scene.Pass(TimeSpan.FromSeconds(1.2));
        await Task.WhenAll(waiting.Take(15));
        Assert.Equal(600, scene.Group.PerMinute.Requests);
    }

    [Fact]
    public async Task Provider_without_limits_is_not_held_back()
    {
        using var scene = new GroupScene();
        GroupScene.Answer((await scene.Ask())!);

        Assert.Equal(32, (await scene.TakeAll(32)).Count);
        Assert.Equal(0, scene.Group.PerMinute.Requests);
    }

    [Fact]
    public async Task A_call_that_never_answers_does_not_keep_the_others_from_feeling_out()
    {
        using var scene = new GroupScene();
        await scene.Ask();
        var second = scene.Ask();

        scene.Pass(TimeSpan.FromSeconds(0.3));

        Assert.NotNull(await second);
    }

    [Theory]
    [InlineData(600, -1)]
    [InlineData(0, 0)]
    [InlineData(600, 601)]
    [InlineData(1_000_000_000, 1_000_000_000)]
    public async Task Impossible_headers_are_not_followed(long limit, long remaining)
    {
        using var scene = new GroupScene();

        GroupScene.Answer((await scene.Ask())!, requests: new(limit, remaining, null));

        Assert.Equal(0, scene.Group.PerMinute.Requests);
    }

    [Fact]
    public async Task Limit_of_a_day_is_told_by_its_reset()
    {
        using var scene = new GroupScene();

        GroupScene.Answer((await scene.Ask())!, requests: new(200, 199, TimeSpan.FromSeconds(432)));

        Assert.Equal(200 / 1440.0, scene.Group.PerMinute.Requests, 3);
    }

    [Fact]
    public async Task A_lower_limit_is_followed_at_once_and_never_a_higher_one_than_the_setting()
    {
        using var scene = new GroupScene(requests: 600);
        GroupScene.Answer((await scene.Ask())!, requests: new(6_000, 5_999, null));
        Assert.Equal(600, scene.Group.PerMinute.Requests);

        GroupScene.Answer((await scene.Ask())!, requests: new(300, 299, null));
        Assert.Equal(300, scene.Group.PerMinute.Requests);
    }

    [Fact]
    public async Task What_others_have_used_of_the_limit_is_not_used_again()
    {
        using var scene = new GroupScene(requests: 600);

        GroupScene.Answer((await scene.Ask())!, requests: new(600, 0, TimeSpan.FromSeconds(1)));

        Assert.Empty(await scene.TakeAll());
    }

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
    public async Task Who_will_not_wait_for_the_end_of_a_cool_down_hears_at_once()
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
    public async Task Tenants_take_turns_however_many_jobs_each_has()
    {
        using var scene = new GroupScene(requests: 60);
        await scene.Ask();
        var large = Enumerable.Range(0, 100).Select(_ => scene.Ask(tenant: "large")).ToList();
        var small = Enumerable.Range(0, 5).Select(_ => scene.Ask(tenant: "small")).ToList();

        scene.Pass(TimeSpan.FromSeconds(10.5));

        await Task.WhenAll([.. small, .. large.Take(5)]);
        Assert.False(large[5].IsCompleted);
    }

    [Fact]
    public async Task Cancelled_wait_leaves_no_trace()
    {
        using var scene = new GroupScene(requests: 60);
        await scene.Ask();
        using var leave = new CancellationTokenSource();
        var waiting = scene.Ask(cancellation: leave.Token);

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal((1, 0), scene.Group.Load);
        scene.Pass(TimeSpan.FromSeconds(1));
        Assert.Single(await scene.TakeAll());
    }

    [Fact]
    public async Task Concurrency_falls_when_answers_suddenly_take_longer()
    {
        using var scene = new GroupScene();
        GroupScene.Answer((await scene.Ask())!);
        await scene.TakeAndAnswer(TimeSpan.FromMilliseconds(100));
        var before = await scene.TakeAndAnswer(TimeSpan.FromMilliseconds(100));

        await scene.TakeAndAnswer(TimeSpan.FromSeconds(2));

        var after = await scene.TakeAndAnswer(TimeSpan.FromSeconds(2));
        Assert.True(after < before, $"{after} at once, {before} before");
    }

    [Fact]
    public async Task Concurrency_comes_back_when_answers_take_as_long_as_before()
    {
        using var scene = new GroupScene(mostAtOnce: 100);
        GroupScene.Answer((await scene.Ask())!);
        await scene.TakeAndAnswer(TimeSpan.FromMilliseconds(100));
        await scene.TakeAndAnswer(TimeSpan.FromSeconds(2));
        var fallen = await scene.TakeAndAnswer(TimeSpan.FromMilliseconds(100));
        Assert.Equal(80, fallen);

        for (var rounds = 0; rounds < 3; rounds++)
        {
            var (turns, behind) = (await scene.TakeAll(), scene.Ask());
            foreach (var turn in turns)
                turn.End(Ok);
            (await behind)!.End(Ok);
        }
        Assert.Equal(100, (await scene.TakeAll()).Count);
    }

    [Fact]
    public async Task Calls_that_wait_for_nothing_but_each_other_wait_in_any_company()
    {
        using var scene = new GroupScene(mostAtOnce: 10);
        GroupScene.Answer((await scene.Ask())!);
        await scene.TakeAndAnswer(TimeSpan.FromMilliseconds(100));
        await scene.TakeAll();

        var waiting = Enumerable.Range(0, 100).Select(_ => scene.Ask(patience: TimeSpan.FromSeconds(2), company: 1))
            .ToList();

        Assert.DoesNotContain(waiting, wait => wait.IsCompleted);
    }

    [Fact]
    public async Task Calls_whose_turn_is_too_many_slow_answers_away_do_not_wait()
    {
        using var scene = new GroupScene(mostAtOnce: 10);
        GroupScene.Answer((await scene.Ask())!);
        for (var rounds = 0; rounds < 50; rounds++)
            await scene.TakeAndAnswer(TimeSpan.FromSeconds(60));
        await scene.TakeAll();

        var first = scene.Ask(patience: TimeSpan.FromSeconds(2));
        var second = scene.Ask(patience: TimeSpan.FromSeconds(2));

        Assert.False(first.IsCompleted);
        Assert.Null(await second);
    }

    [Theory]
    [InlineData(-120)]
    [InlineData(120)]
    public async Task A_clock_that_is_set_stops_and_hurries_nobody(int seconds)
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

    [Fact]
    public async Task What_is_over_while_it_waits_takes_no_turn()
    {
        using var scene = new GroupScene(requests: 60);
        await scene.Ask();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(0.5), scene.Clock);
        var late = scene.Ask(end: () => deadline.Token);
        var next = scene.Ask();

        scene.Pass(TimeSpan.FromSeconds(1.1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);
        Assert.NotNull(await next);
    }

    [Fact]
    public async Task A_turn_that_nobody_used_is_anothers()
    {
        using var scene = new GroupScene(requests: 60);
        var unused = await scene.Ask();
        Assert.Empty(await scene.TakeAll());

        unused!.GiveBack();

        Assert.Single(await scene.TakeAll());
    }
}
