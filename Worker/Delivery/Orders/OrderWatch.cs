using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Seals;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Settings;
using OpenAIWorker.Telemetry;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery.Orders;

/// <summary>
/// Follows operators' orders in a stream that every worker reads completely: existing orders before the first job, then
/// new ones. While the broker is away, the known orders apply.
/// </summary>
sealed partial class OrderWatch(OrderDeeds deeds, HeaderSeal seal, QueueNames topology, IOptions<BrokerOptions> options,
    TimeProvider clock, ILogger<OrderWatch> logger)
    : SteadyWork(clock, logger)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Stays below a timer's maximum.
    static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    readonly Log log = new(logger);
    readonly TaskCompletionSource read = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Returns when the orders in force are known.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        try
        {
            await read.Task.WaitAsync(Patience, Clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            log.Unread();
        }
    }

    protected override async Task Work(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Follow(stop);
            }
            catch (Exception away) when (BrokerConnection.MayReturn(away, stop))
            {
                // Read again from the beginning soon.
            }
            await Task.Delay(Pause, Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task Follow(CancellationToken stop)
    {
        var book = new OrderBook(seal);
        using var news = new SemaphoreSlim(0);
        await using var connection = await BrokerConnection.Open(options.Value, "orders", stop, recovers: false);
        await using var reading = await StreamReading.Begin(connection, topology.Orders, message =>
        {
            book.Take(message);
            news.Release();
        }, stop);
        await reading.CaughtUp.WaitAsync(stop);
        while (!reading.Closed.IsCompleted && !stop.IsCancellationRequested)
        {
            var now = Clock.GetUtcNow();
            var orders = book.InForce(now);
            deeds.Follow(orders);
            read.TrySetResult();
            var left = orders.Min(order => order.Until) - now;
            using var leave = CancellationTokenSource.CreateLinkedTokenSource(stop);
            await Task.WhenAny(news.WaitAsync(leave.Token), reading.Closed,
                Task.Delay(left < LongestWait ? left.Value : LongestWait, Clock, leave.Token));
            await leave.CancelAsync();
        }
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(54, LogLevel.Warning,
            "Operators' orders (pauses, limits) could not be read before the first job; the worker tries again")]
        public partial void Unread();
    }
}
