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

    internal bool IsExpected => settings.IsExpected;

    internal Task<BrokerSearch> Find() => search.Value;

    public async ValueTask DisposeAsync()
    {
        if (search is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await ((await search.Value).Found?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
