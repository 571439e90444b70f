using System.Collections.Concurrent;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Xunit.Sdk;

namespace OpenAIWorker.Tests.Broker;

/// <summary>
/// The broker for test classes. All classes share one server and run in parallel, so each test begins the names of its
/// queues and exchanges with its own prefix. Without a broker the tests are skipped, with the reason.
/// </summary>
public class BrokerFixture(SharedBroker shared) : IAsyncLifetime
{
    static readonly ConcurrentDictionary<string, ConcurrentBag<string>> Prefixes = new();

    string? common;
    BrokerSearch search = new(null, "The broker has not been looked for yet.");
    Version? version;

    public Uri Uri => Broker.Uri;

    /// <summary>The server's version, as reported to clients.</summary>
    public Version Version => version ?? throw Absence();

    /// <summary>For fixtures, which cannot be skipped. Tests simply use what they need.</summary>
    public bool IsThere => search.Found is not null;

    /// <summary>The management plugin's address; skips the test if the server has none.</summary>
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
    /// The setting that makes the broker forward jobs with unknown routing keys; empty if the server has no management
    /// plugin.
    /// </summary>
    public IReadOnlyList<string> CatchesUnknownKeys =>
        search.Found?.Management is { } management ? [$"--Broker:Management={management}"] : [];

    /// <summary>The address of the Prometheus plugin; null if unknown.</summary>
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

    /// <summary>Short and unique: the beginning of all names that the test declares.</summary>
    public static string NewPrefix()
    {
        var prefix = $"t{Guid.NewGuid():N}"[..9];
        Prefixes.GetOrAdd(TestClass, _ => []).Add(prefix);
        return prefix;
    }

    /// <summary>
    /// One prefix for all tests of the class, whose workers then find their queues, as most workers do: to declare them
    /// costs more than most of these tests. The messages that the test before left are thrown away; what workers have
    /// written for each other stays, such as the cancellation of a job. Not for tests of declaring, of lanes, whose
    /// names only their workers know, and of orders, which workers obey after a restart too.
    /// </summary>
    public string CommonPrefix() => common = common is not null && IsThere && Task.Run(() => Empty(common)).Result
        ? common
        : NewPrefix();

    /// <summary>
    /// Deletes what the workers of the class declared: a server of 3.10 hangs when its queues have taken all file
    /// handles.
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

    // False: no worker of the class has declared them yet.
    async Task<bool> Empty(string prefix)
    {
        await using var connection = await Amqp.Connect(Uri, CancellationToken.None);
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            foreach (var queue in BrokerQueues.Jobs(prefix))
                await Eventually.Is(() => IsEmpty(channel, queue), $"That {queue} is empty");
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return false;
        }
        return true;
    }

    // The messages of a worker that is gone come back with its consumer's end.
    static async Task<bool> IsEmpty(IChannel channel, string queue)
    {
        await channel.QueuePurgeAsync(queue);
        return await channel.QueueDeclarePassiveAsync(queue) is { MessageCount: 0, ConsumerCount: 0 };
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
