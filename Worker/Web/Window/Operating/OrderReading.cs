using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Orders;
using OpenAIWorker.Delivery.Seals;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Web.Window.Live;

namespace OpenAIWorker.Web.Window.Operating;

/// <summary>The operators' orders in force for all workers, and new orders.</summary>
sealed class OrderReading(IOptions<BrokerOptions> broker, QueueNames topology, HeaderKeyStream keys, HeaderSeal seal,
    TickCache cache, TimeProvider clock)
{
    const string Name = "orders";
    static readonly TimeSpan Keep = TimeSpan.FromSeconds(5);

    /// <summary>Whether workers share a broker. A single worker without one has only its settings.</summary>
    public bool IsPossible => !broker.Value.IsEmbedded;

    /// <summary>The orders in force.</summary>
    public Task<IReadOnlyList<Order>> InForce() => IsPossible
        ? cache.Get(Name, async cancellation =>
        {
            await using var desk = await Open(cancellation);
            return await desk.InForce(clock.GetUtcNow(), cancellation);
        }, Keep)
        : Task.FromResult<IReadOnlyList<Order>>([]);

    public async Task Send(Func<DateTimeOffset, Order> make, CancellationToken cancellation)
    {
        await using var desk = await Open(cancellation);
        await desk.Send(make(clock.GetUtcNow()), cancellation);
        cache.Forget(Name);
    }

    Task<OrderDesk> Open(CancellationToken cancellation) =>
        OrderDesk.Open(broker.Value, topology, keys, seal, cancellation);
}
