namespace OpenAIWorker.Tests.Limits;

public sealed class LimitGroupSpecs
{
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

        GroupScene.Answer(first!, requests: new(600, 9, TimeSpan.FromSeconds(0.1)), tokens: GroupScene.Endless);
        await Task.WhenAll(waiting.Take(5));
        Assert.DoesNotContain(waiting.Skip(6), wait => wait.IsCompleted);

        scene.Pass(TimeSpan.FromSeconds(1.2));
        await Task.WhenAll(waiting.Take(15));
        Assert.Equal(600, scene.Group.PerMinute.Requests);
    }

    [Fact]
    public async Task Provider_that_tells_there_is_no_limit_is_not_held_back()
    {
        using var scene = new GroupScene();
        GroupScene.AnswerWithoutLimit((await scene.Ask())!);

        Assert.Equal(32, (await scene.TakeAll(32)).Count);
        Assert.Equal(0, scene.Group.PerMinute.Requests);
    }

    [Fact]
    public async Task Provider_that_tells_nothing_gets_more_and_more_calls()
    {
        using var scene = new GroupScene();
        GroupScene.Answer((await scene.Ask())!);

        Assert.Empty(await scene.TakeAll(32));
        var asked = Enumerable.Range(0, 5_000).Select(_ => scene.Ask()).ToList();
        var calls = new List<int>();
        for (var seconds = 0; seconds < 3; seconds++)
        {
            var before = scene.Open;
            scene.Pass(TimeSpan.FromSeconds(1));
            calls.Add(scene.Open - before);
        }

        Assert.Equal(asked.Count, scene.Open + scene.Group.Load.Waiting);
        Assert.InRange(calls[0], 15, 50);
        Assert.InRange(calls[1], calls[0] * 3, calls[0] * 6);
        Assert.InRange(calls[2], calls[1] * 3, calls[1] * 6);
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
}
