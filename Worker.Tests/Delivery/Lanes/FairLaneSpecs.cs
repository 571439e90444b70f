using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Delivery.Lanes;

namespace OpenAIWorker.Tests.Delivery.Lanes;

/// <summary>
/// Tenants take turns, however many there are. A tenant's wait does not depend on the backlogs of the others.
/// </summary>
public sealed class FairLaneSpecs
{
    [Fact]
    public async Task A_thousand_tenants_have_their_first_turn_in_the_time_of_a_thousand_calls()
    {
        using var scene = Scene(requestsPerMinute: 600, tenants: 1_000, jobs: 5);

        await scene.Pass(TimeSpan.FromSeconds(130));

        var first = FirstTurns(scene);
        Assert.Equal(1_000, first.Count);
        Assert.InRange((first[989] - first[0]).TotalSeconds, 0, 1.05 * 100);
        Assert.Equal(0, scene.GivenBack);
    }

    [Fact]
    public async Task Twenty_tenants_behind_a_small_limit_wait_for_each_other_alone()
    {
        using var scene = Scene(requestsPerMinute: 60, tenants: 20, jobs: 60);

        await scene.Pass(TimeSpan.FromMinutes(4));

        Assert.All(scene.Turns.CountBy(turn => turn.Tenant), tenant => Assert.InRange(tenant.Value, 10, 14));
        Assert.InRange((FirstTurns(scene)[^1] - FirstTurns(scene)[0]).TotalSeconds, 17, 26);
        Assert.Equal((0, 20), (scene.GivenBack, FirstTurns(scene).Count));
    }

    [Fact]
    public async Task More_tenants_than_come_up_soon_take_turns_at_being_read()
    {
        using var scene = Scene(requestsPerMinute: 60, tenants: 400, jobs: 5);

        await scene.Pass(TimeSpan.FromSeconds(430));

        Assert.Equal(400, FirstTurns(scene).Count);
        Assert.Equal(2, scene.Turns.CountBy(turn => turn.Tenant).Max(tenant => tenant.Value));
        Assert.InRange(scene.MostInHand, 1, 200);
        Assert.Equal(0, scene.GivenBack);
    }

    [Fact]
    public async Task A_tenant_that_comes_to_full_lanes_has_its_turn_in_the_next_round()
    {
        using var scene = Scene(requestsPerMinute: 600, tenants: 50, jobs: 400);
        await scene.Pass(TimeSpan.FromSeconds(60));
        var before = scene.Turns.Count;

        scene.Add("late", 1);
        await scene.Pass(TimeSpan.FromSeconds(10));

        Assert.InRange(scene.Turns.Skip(before).TakeWhile(turn => turn.Tenant != "late").Count(), 0, 60);
    }

    [Fact]
    public async Task Weights_are_kept_by_lanes_too()
    {
        using var scene = Scene(requestsPerMinute: 60, tenants: 200, jobs: 20);
        scene.Add("heavy", 400, weight: 4);

        await scene.Pass(TimeSpan.FromSeconds(450));

        Assert.InRange(scene.Turns.Count(turn => turn.Tenant == "heavy"), 7, 11);
    }

    [Fact]
    public void Lanes_that_come_together_are_read_before_the_parts_of_the_others_become_smaller()
    {
        const int many = 1000;
        var (opened, clock) = (0, new FakeTimeProvider());
        var round = new LaneRound(most: 32, clock);
        round.Allow(2 * many);
        for (var i = 0; i < many; i++)
            round.Join(new(new($"lane-{i}", 1), _ => { opened++; return new Nothing(); }, clock));
        Assert.Equal(many, opened);

        round.Look();

        Assert.Equal(many + LaneRound.ReadAnewAtOnce, opened);
    }

    sealed class Nothing : ILaneFeed
    {
        public Task Ready => Task.CompletedTask;

        public Task Stop() => Task.CompletedTask;
    }

    static LaneScene Scene(int requestsPerMinute, int tenants, int jobs)
    {
        var scene = new LaneScene(requestsPerMinute);
        foreach (var tenant in Enumerable.Range(0, tenants))
            scene.Add($"t{tenant}", jobs);
        return scene;
    }

    static List<TimeSpan> FirstTurns(LaneScene scene) =>
        [.. scene.Turns.DistinctBy(turn => turn.Tenant).Select(turn => turn.At).Order()];
}
