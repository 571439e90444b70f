using System.Collections.Concurrent;
using RabbitMQ.Client;
using Xunit.Sdk;

namespace OpenAIWorker.Tests.Broker;

/// <summary>
/// The broker for test classes. All classes share one server and run in parallel, so each test begins the names of its
/// queues and exchanges with its own prefix. Without a broker the tests are skipped, with the reason.
/// </summary>
public class BrokerFixture(SharedBroker shared) : IAsyncLifetime
{
    static readonly ConcurrentDictionary<(string Class, string Prefix), bool> Prefixes = new();

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
        Prefixes[(TestClass, prefix)] = true;
        return prefix;
    }

    /// <summary>
    /// A prefix that an earlier test of any class has used, if there is one: the worker then finds its queues, as most
    /// workers do, and nothing else of that test. Not for tests that need a prefix which no worker has used, or that
    /// declare a queue or exchange of the worker differently.
    /// </summary>
    public string CommonPrefix()
    {
        // Without a management plugin nobody tells which queues there are.
        if (search.Found is not { Management: not null } found)
            return NewPrefix();
        common = common is null ? shared.UsedPrefixes.Take()
            : Task.Run(() => UsedPrefixes.Clean(found, common)).Result ? common
            : null;
        if (common is null)
            return common = NewPrefix();
        Prefixes[(TestClass, common)] = true;
        return common;
    }

    /// <summary>Leaves the common prefix to the next class.</summary>
    /// <returns>False: its queues are to be deleted.</returns>
    internal async Task<bool> LeavePrefix()
    {
        if (common is null || search.Found is not { } found || !await UsedPrefixes.Clean(found, common))
            return false;
        Prefixes.TryRemove((TestClass, common), out _);
        shared.UsedPrefixes.Keep(common);
        common = null;
        return true;
    }

    /// <summary>
    /// Deletes what the workers of the class declared: a server of 3.10 hangs when its queues have taken all file
    /// handles.
    /// </summary>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await LeavePrefix();
        var prefixes = Prefixes.Keys.Where(key => key.Class == TestClass && Prefixes.TryRemove(key, out _))
            .Select(key => key.Prefix).ToList();
        if (search.Found is { } broker && prefixes.Count > 0)
            await UsedPrefixes.Delete(broker, prefixes);
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
