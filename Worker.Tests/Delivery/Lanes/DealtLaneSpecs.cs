namespace OpenAIWorker.Tests.Delivery.Lanes;

/// <summary>
/// A backlog of a thousand tenants is moved to their lanes: calls are made meanwhile, and each tenant has its turns
/// all the same.
/// </summary>
public sealed class DealtLaneSpecs
{
    const int Tenants = 1_000;
    const int Each = 5;
    const int ASecond = 500;

    [Fact]
    public async Task Jobs_that_come_tenant_after_tenant_are_called_in_turn_from_the_first_minute() => await Even(
        Enumerable.Range(0, Tenants).SelectMany(tenant => Enumerable.Repeat($"t{tenant}", Each)),
        TimeSpan.FromSeconds(1));

    [Fact]
    public async Task Jobs_that_come_in_turn_are_called_in_turn_from_the_first_minute() => await Even(
        Enumerable.Range(0, Each).SelectMany(_ => Enumerable.Range(0, Tenants).Select(tenant => $"t{tenant}")),
        TimeSpan.FromSeconds(1));

    [Fact]
    public async Task Lanes_that_are_read_late_make_no_difference() => await Even(
        Enumerable.Range(0, Tenants).SelectMany(tenant => Enumerable.Repeat($"t{tenant}", Each)),
        TimeSpan.FromSeconds(5));

    // Jain's index over the tenants' calls of each minute, as a part of what turns in perfect order come to.
    static async Task Even(IEnumerable<string> jobs, TimeSpan lag)
    {
        using var scene = new LaneScene(requestsPerMinute: 600);
        await scene.Deal(jobs, ASecond, lag);
        await scene.Pass(TimeSpan.FromSeconds(60 - Tenants * Each / ASecond));

        var had = scene.Turns.CountBy(turn => turn.Tenant).Select(tenant => (double)tenant.Value).ToList();
        Assert.InRange(had.Sum(), 590, 620);
        Assert.InRange(had.Sum() / had.Sum(count => count * count), 0.97, 1);
        TestContext.Current.TestOutputHelper?.WriteLine($"{had.Sum() / had.Sum(count => count * count):0.000}");
    }
}
