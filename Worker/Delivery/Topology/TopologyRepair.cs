using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Endpoints;
using OpenAIWorker.Delivery.Seals;
using OpenAIWorker.Telemetry;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery.Topology;

/// <summary>
/// Declares queues and exchanges again if they are deleted while the worker runs: at once if something cannot be sent
/// because of it. The loss of most exchanges causes no error, because messages routed to them are dropped, so it checks
/// them every other second, and queues and bindings every half minute.
/// </summary>
sealed partial class TopologyRepair(TopologyDeclaration declaration, HeaderKeyStream key, BusRole served,
    IOptions<BrokerOptions> options, TimeProvider clock, ILogger<TopologyRepair> logger)
    : SteadyWork(clock, logger)
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Glance = TimeSpan.FromSeconds(2);

    // Many deliveries notice the same loss at once.
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    readonly Log log = new(logger);
    readonly SemaphoreSlim one = new(1);
    IConnection? connection;
    long done;

    /// <summary>Repairs at once, because something is missing.</summary>
    public async Task Now(string missing, CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            if (done != 0 && Clock.GetElapsedTime(done) < Fresh)
                return;
            log.Missing(missing);
            await Declare(cancellation);
        }
        catch (Exception away) when (IsPassing(away))
        {
            // The broker is away, or refuses; the next caller tries again.
            log.Failed(away.GetBaseException().Message);
        }
        finally
        {
            one.Release();
        }
    }

    protected override async Task Work(CancellationToken stop)
    {
        for (var whole = Clock.GetTimestamp(); !stop.IsCancellationRequested;)
        {
            await Task.Delay(Glance, Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
                break;
            if (Clock.GetElapsedTime(whole) < Every)
            {
                await Look(Exchanges, stop);
                continue;
            }
            await Look(Declare, stop);
            whole = Clock.GetTimestamp();
        }
        if (connection is not null)
            await connection.DisposeAsync();
    }

    async Task Look(Func<CancellationToken, Task> look, CancellationToken stopping)
    {
        await one.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stopping.IsCancellationRequested)
            return;
        try
        {
            await look(stopping);
        }
        catch (Exception away) when (IsPassing(away))
        {
            // Checked again soon.
        }
        finally
        {
            one.Release();
        }
    }

    // Asks for all at once, and for an answer only to the last question, where a missing exchange shows.
    async Task Exchanges(CancellationToken cancellation)
    {
        await using var channel = await Channel(cancellation);
        try
        {
            foreach (var exchange in declaration.Exchanges)
                await channel.Expect(exchange, cancellation);
            await channel.Done(declaration.Exchanges[0], cancellation);
        }
        catch (OperationInterruptedException missing)
            when (missing.ShutdownReason is { ReplyCode: Constants.NotFound, ReplyText: var what })
        {
            log.Missing(what);
            await Declare(cancellation);
        }
    }

    async Task<IChannel> Channel(CancellationToken cancellation)
    {
        if (connection is not { IsOpen: true })
        {
            if (connection is not null)
                await connection.DisposeAsync();
            var factory = BrokerConnection.Factory(options.Value, "topology");
            factory.AutomaticRecoveryEnabled = false;
            connection = await factory.CreateConnectionAsync(cancellation);
        }
        return await connection.CreateChannelAsync(cancellationToken: cancellation);
    }

    async Task Declare(CancellationToken cancellation)
    {
        await using var channel = await Channel(cancellation);
        await declaration.Declare(connection!, options.Value.Quorum, cancellation);
        // Without the key, the next worker to start would create another one, and would no longer trust the headers of
        // the other workers.
        if (served.Operations.Count > 0)
            await key.Replant(channel, cancellation);
        done = Clock.GetTimestamp();
    }

    static bool IsPassing(Exception fault) =>
        fault is OperationCanceledException || BrokerConnection.MayReturn(fault, CancellationToken.None);

    public override void Dispose()
    {
        one.Dispose();
        base.Dispose();
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(25, LogLevel.Error,
            "A queue or exchange of the worker is missing on the broker, and is declared again: {Missing}")]
        public partial void Missing(string missing);

        [LoggerMessage(26, LogLevel.Warning, "The missing queue or exchange could not be declared: {Reason}")]
        public partial void Failed(string reason);
    }
}
