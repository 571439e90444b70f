using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Delivery.Lanes;

namespace OpenAIWorker.Tests.Delivery.Lanes;

public sealed class LaneNamesSpecs
{
    readonly FakeTimeProvider clock = new();

    [Fact]
    public void Ten_thousand_names_are_not_ten_thousand_lanes()
    {
        var names = new LaneNames(50, clock);

        Assert.Equal(50, Enumerable.Range(0, 10_000).Count(number => names.Admit($"lane-{number}")));
        Assert.True(names.Admit("lane-7"));
    }

    [Fact]
    public void Lanes_that_others_made_at_the_same_time_are_taken_part_in_and_no_more()
    {
        var names = new LaneNames(50, clock);
        for (var number = 0; number < 50; number++)
            names.Admit($"lane-{number}");

        Assert.Equal(50, Enumerable.Range(50, 10_000).Count(number => names.AdmitAnnounced($"lane-{number}")));
    }

    [Fact]
    public void What_the_broker_has_deleted_makes_room()
    {
        var names = new LaneNames(1, clock);
        names.Admit("old");
        clock.Advance(TimeSpan.FromDays(30));
        Assert.False(names.Admit("new"));

        clock.Advance(TimeSpan.FromDays(2));

        Assert.True(names.Admit("new"));
    }
}
