using OpenAIWorker.Limits;

namespace OpenAIWorker.Tests.Limits;

public sealed class WaitQueueSpecs
{
    readonly WaitQueue queue = new();

    [Fact]
    public void A_tenant_of_weight_three_has_three_turns_for_each_one_of_another()
    {
        foreach (var _ in Enumerable.Range(0, 40))
            Add("heavy", 3);
        foreach (var _ in Enumerable.Range(0, 40))
            Add("light");

        Assert.Equal(30, Take(40).Count(tenant => tenant == "heavy"));
    }

    [Fact]
    public void One_that_comes_late_neither_waits_for_what_others_had_nor_overtakes_them()
    {
        foreach (var _ in Enumerable.Range(0, 100))
            Add("early");
        Take(50);

        foreach (var _ in Enumerable.Range(0, 10))
            Add("late");

        Assert.Equal(5, Take(10).Count(tenant => tenant == "late"));
    }

    [Fact]
    public void Ones_that_come_after_a_halt_have_their_first_turn_before_the_others_have_another()
    {
        foreach (var early in Enumerable.Range(0, 10))
        {
            Add($"early-{early}");
            Add($"early-{early}");
        }
        Take(11);

        foreach (var late in Enumerable.Range(0, 10))
            Add($"late-{late}");

        Assert.All(Take(10), tenant => Assert.StartsWith("late", tenant));
    }

    [Fact]
    public void Of_calls_that_stand_in_the_way_the_ones_that_come_last_make_room()
    {
        foreach (var tenant in new[] { "a", "a", "a", "b" })
            queue.Add(new(tenant, default, new(1, 0), TimeSpan.MaxValue, Company: 1, default));

        Assert.Equal("a", queue.RemoveCrowding()?.Tenant);
        Assert.Equal("a", queue.RemoveCrowding()?.Tenant);
        Assert.Null(queue.RemoveCrowding());
        Assert.Equal(["a", "b"], Take(4));
    }

    [Fact]
    public void One_that_brings_its_jobs_one_by_one_has_no_more_turns_than_one_that_brings_all()
    {
        foreach (var _ in Enumerable.Range(0, 100))
            Add("all");
        var turns = new List<string>();
        foreach (var _ in Enumerable.Range(0, 40))
        {
            if (turns.Count == 0 || turns[^1] == "single")
                Add("single");
            turns.AddRange(Take(1));
        }

        Assert.InRange(turns.Count(tenant => tenant == "single"), 19, 21);
    }

    [Fact]
    public void Made_up_names_of_tenants_are_not_kept()
    {
        foreach (var number in Enumerable.Range(0, 100_000))
        {
            Add($"made-up-{number}");
            Take(1);
        }

        Assert.Equal((0, Spending.Nothing), (queue.Count, queue.Total));
        Assert.InRange(queue.Tenants, 0, 2_000);
    }

    void Add(string tenant, int weight = 1) =>
        queue.Add(new(tenant, default, new(1, 0), TimeSpan.MaxValue, int.MaxValue, default) { Weight = weight });

    List<string> Take(int count)
    {
        var taken = new List<string>();
        while (taken.Count < count && queue.TryPeek(out var next))
        {
            taken.Add(next.Tenant);
            queue.Dequeue();
        }
        return taken;
    }
}
