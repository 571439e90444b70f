using System.Collections.Concurrent;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;
using Xunit.Sdk;

namespace OpenAIWorker.Tests.Broker;

/// <summary>
/// The broker as a test class sees it. All classes share one server and run side by side, so each test names
/// its queues and exchanges with a prefix of its own. Without a broker the tests are skipped, with the reason.
/// </summary>
public class BrokerFixture(SharedBroker shared) : IAsyncLifetime
{
    static readonly ConcurrentDictionary<string, ConcurrentBag<string>> Prefixes = new();

    BrokerSearch search = new(null, "The broker has not been looked for yet.");
    Version? version;

    public Uri Uri => Broker.Uri;

    /// <summary>The server's version, as it tells its clients.</summary>
    public Version Version => version ?? throw Absence();

    /// <summary>For fixtures, which cannot be skipped. A test just asks for what it needs.</summary>
    public bool IsThere => search.Found is not null;

    /// <summary>The management plugin's address; skips the test where the server has none.</summary>
    public Uri Management
    {
        get
        {
            Assert.SkipWhen(Broker.Management is null,
                "The broker of RABBITMQ_URI may have no management plugin. "
                    + "RABBITMQ_MANAGEMENT_URL=http://user:password@host:15672 names it.");
            return Broker.Management!;
        }
    }

    /// <summary>
    /// The setting by which a worker has the broker hand on jobs of unknown routing keys; none where the server has no
    /// management plugin.
    /// </summary>
    public IReadOnlyList<string> CatchesUnknownKeys =>
        search.Found?.Management is { } management ? [$"--Broker:Management={management}"] : [];

    /// <summary>What the Prometheus plugin serves; null where none is known.</summary>
    public Uri? Metrics => Broker.Metrics;

    public bool CanRestart => Broker.CanRestart;

    IBroker Broker => search.Found ?? throw Absence();

    public async ValueTask InitializeAsync()
    {
        search = await shared.Find();
        if (search.Found is not { } broker)
            return;
        await using var connection = await Amqp.Connect(broker.Uri, CancellationToken.None);
        version = Amqp.VersionOf(connection);
    }

    public async ValueTask<IConnection> Connect() => await Amqp.Connect(Uri, TestContext.Current.CancellationToken);

    /// <summary>Short and unique, to begin the name of everything the test declares.</summary>
    public static string NewPrefix()
    {
        var prefix = $"t{Guid.NewGuid():N}"[..9];
        Prefixes.GetOrAdd(TestClass, _ => []).Add(prefix);
        return prefix;
    }

    /// <summary>
    /// Throws away what the workers of the class have declared: a server of 3.10 stands still when its queues have
    /// taken all file handles.
    /// </summary>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (search.Found is not { } broker || !Prefixes.TryRemove(TestClass, out var prefixes))
            return;
        await using var connection = await Amqp.Connect(broker.Uri, CancellationToken.None);
        await using var channel = await connection.CreateChannelAsync();
        foreach (var queue in prefixes.SelectMany(BrokerQueues.Of))
            await channel.QueueDeleteAsync(queue);
    }

    static string TestClass => TestContext.Current.TestClass?.TestClassName ?? "";

    Exception Absence() =>
        shared.IsExpected ? FailException.ForFailure(search.Reason) : SkipException.ForSkip(search.Reason);

    private protected IBroker Restartable()
    {
        Assert.SkipUnless(CanRestart,
            "The broker of RABBITMQ_URI is not the tests' own to stop. Unset it to run this test.");
        return Broker;
    }
}
