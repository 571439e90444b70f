using OpenAIWorker.Tests.Broker;

[assembly: AssemblyFixture(typeof(SharedBroker))]

namespace OpenAIWorker.Tests.Broker;

/// <summary>
/// The one broker of a test run. It is searched for when the first test needs it, and ended after the last.
/// </summary>
public sealed class SharedBroker : IAsyncDisposable
{
    readonly BrokerSettings settings = BrokerSettings.FromEnvironment();
    readonly Lazy<Task<BrokerSearch>> search;

    public SharedBroker() => search = new(() => BrokerSearch.Run(BrokerSources.Of(settings), CancellationToken.None));

    internal UsedPrefixes UsedPrefixes { get; } = new();

    internal bool IsExpected => settings.IsExpected;

    internal Task<BrokerSearch> Find() => search.Value;

    public async ValueTask DisposeAsync()
    {
        if (search is not { IsValueCreated: true, Value.IsCompletedSuccessfully: true }
            || (await search.Value).Found is not { } broker)
            return;
        // The tests' own server goes with its queues.
        if (!broker.CanRestart)
            await UsedPrefixes.DeleteAll(broker);
        await broker.DisposeAsync();
    }
}
