using OpenAIWorker.Limits;

namespace OpenAIWorker.Tests.Limits;

/// <summary>Calls that wait for each other.</summary>
public sealed class WaitingCallSpecs
{
    static readonly CallEnd Ok = new(false, false, null, TimeSpan.FromMilliseconds(100), null, null);

    [Fact]
    public async Task Tenants_take_turns_with_any_number_of_jobs()
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
        GroupScene.AnswerWithoutLimit((await scene.Ask())!);
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
        GroupScene.AnswerWithoutLimit((await scene.Ask())!);
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

    [Theory]
    [InlineData(null)]
    [InlineData(600_000L)]
    public async Task Calls_that_wait_for_nothing_but_each_other_wait_in_any_company(long? farLimit)
    {
        using var scene = new GroupScene(requests: farLimit, mostAtOnce: 10);
        GroupScene.AnswerWithoutLimit((await scene.Ask())!);
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
        GroupScene.AnswerWithoutLimit((await scene.Ask())!);
        for (var rounds = 0; rounds < 50; rounds++)
            await scene.TakeAndAnswer(TimeSpan.FromSeconds(60));
        await scene.TakeAll();

        var first = scene.Ask(patience: TimeSpan.FromSeconds(2));
        var second = scene.Ask(patience: TimeSpan.FromSeconds(2));

        Assert.False(first.IsCompleted);
        Assert.Null(await second);
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
    public async Task An_unused_turn_is_anothers()
    {
        using var scene = new GroupScene(requests: 60);
        var unused = await scene.Ask();
        Assert.Empty(await scene.TakeAll());

        unused!.GiveBack();

        Assert.Single(await scene.TakeAll());
    }
}
