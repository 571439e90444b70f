using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;

namespace OpenAIWorker.Tests.Running;

/// <summary>
/// Emulator, worker and a foreign client on the real broker, for all tests of a class. Each test chooses its own job
/// ids.
/// </summary>
public sealed class WorkerScene(SharedBroker shared) : IAsyncLifetime
{
    readonly BrokerFixture broker = new(shared);

    public string Prefix { get; private set; } = "";

    /// <summary>The broker's address.</summary>
    public Uri Broker => broker.Uri;

    /// <summary>Without a broker this skips the test.</summary>
    public OpenAIEmulator Emulator
    {
        get => field ?? throw Missing;
        private set;
    }

    internal BrokerWorker? Worker { get; private set; }

    /// <summary>Whether the broker forwards jobs with unknown routing keys.</summary>
    public bool CatchesUnknownKeys => broker.CatchesUnknownKeys.Count > 0;

    /// <summary>Without a broker this skips the test.</summary>
    internal AmqpClient Client
    {
        get => field ?? throw Missing;
        private set;
    }

    InvalidOperationException Missing => new($"There is no broker, not even at {broker.Uri}.");

    public async ValueTask InitializeAsync()
    {
        await broker.InitializeAsync();
        Prefix = broker.CommonPrefix();
        if (!broker.IsThere)
            return;
        Emulator = await OpenAIEmulator.Start();
        Worker = await BrokerWorker.Start(broker, Prefix, Emulator, broker.CatchesUnknownKeys);
        Client = await AmqpClient.Open(broker, Prefix);
    }

    public async ValueTask DisposeAsync()
    {
        if (Worker is null)
            return;
        var (topology, ladder) = (Worker.Services.GetRequiredService<QueueNames>(),
            Worker.Services.GetRequiredService<DelayLadder>());
        await Worker.DisposeAsync();
        if (!await broker.LeavePrefix())
            await Client.Delete(BrokerQueues.Of(topology, ladder), [topology.Jobs, topology.Events, ladder.Foot]);
        await Client.DisposeAsync();
        await Emulator.DisposeAsync();
    }
}
