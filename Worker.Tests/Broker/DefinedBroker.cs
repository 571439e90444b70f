using OpenAIWorker.Emulator;
using OpenAIWorker.Emulator.Limits;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Broker;

/// <summary>
/// A virtual host as <c>ops/rabbitmq/definitions.json</c> defines it, with a worker that has only the rights in it.
/// </summary>
public sealed class DefinedBroker(SharedBroker shared) : IAsyncLifetime
{
    const string Password = "only-for-tests";

    static readonly EmulatorOptions Limited = new()
    {
        Limits = new Dictionary<string, RateLimit>
        {
            ["slow"] = new()
            {
                RequestsPerMinute = 300,
                Burst = TimeSpan.FromSeconds(1)
            }
        },
    };

    readonly BrokerFixture broker = new(shared);
    readonly string virtualHost = BrokerFixture.NewPrefix();
    OpenAIEmulator? emulator;
    BrokerWorker? worker;

    internal BrokerWorker Worker =>
        worker ?? throw new InvalidOperationException($"There is no broker, not even at {broker.Uri}.");

    /// <summary>The virtual host for a user with all rights.</summary>
    public Uri Anybody => new($"{broker.Uri.GetLeftPart(UriPartial.Authority)}/{virtualHost}");

    internal ManagementApi Management => new(broker.Management);

    public string VirtualHost => virtualHost;

    /// <summary>The virtual host for one of the users of the definitions.</summary>
    public Uri For(string user) =>
        new($"amqp://{Definitions.User(virtualHost, user)}:{Password}@{broker.Uri.Authority}/{virtualHost}");

    /// <summary>The name of the definitions' user in this virtual host.</summary>
    public string NameOf(string user) => Definitions.User(virtualHost, user);

    public Task<IConnection> Connect(string user) => Amqp.Connect(For(user), TestContext.Current.CancellationToken);

    public async ValueTask InitializeAsync()
    {
        await broker.InitializeAsync();
        if (!broker.IsThere)
            return;
        using (var management = Management)
        {
            await management.NewVirtualHost(virtualHost);
            await management.Post("definitions", Definitions.Renamed(virtualHost).ToJsonString());
            foreach (var user in Definitions.Users)
                await management.NewUser(Definitions.User(virtualHost, user), Password);
        }
        emulator = await OpenAIEmulator.Start(Limited);
        worker = await BrokerWorker.Start(For("openai-worker"), "openai", emulator, ["--Delivery:Concurrency=32"]);
    }

    public async ValueTask DisposeAsync()
    {
        if (worker is null)
            return;
        await worker.DisposeAsync();
        await emulator!.DisposeAsync();
        using var management = Management;
        await management.Delete($"vhosts/{virtualHost}");
        foreach (var user in Definitions.Users)
            await management.Delete($"users/{Definitions.User(virtualHost, user)}");
    }
}
