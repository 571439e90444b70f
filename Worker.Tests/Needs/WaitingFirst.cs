using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Cli;
using OpenAIWorker.Tests.Cli.Batch;
using OpenAIWorker.Tests.Delivery.Cancelling;
using OpenAIWorker.Tests.Delivery.Lanes;
using OpenAIWorker.Tests.Delivery.Records;
using OpenAIWorker.Tests.Delivery.Topology;
using OpenAIWorker.Tests.Needs;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Operations.Assistants;
using OpenAIWorker.Tests.Web.Window;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(WaitingFirst))]

namespace OpenAIWorker.Tests.Needs;

/// <summary>
/// The tests that wait longest begin first; otherwise the run would end with them alone. First those that stop their
/// broker, then the classes that take longest, then those that need a broker or another program, in any order. Tests
/// that need only the processor fill the rest.
/// </summary>
public sealed class WaitingFirst : ITestCollectionOrderer
{
    static readonly Lazy<HashSet<string>> Waiting = new(() =>
        [.. TestNeeds.Tests.Where(test => TestNeeds.Of(test.Class, test.Test) is not Need.Nothing)
            .Select(test => test.Class.FullName!)]);

    // Those that took over 20 s, as the report of ops/test -xml shows.
    static readonly HashSet<string> Longest =
    [
        .. new[]
        {
            typeof(LaneSpecs), typeof(WindowPageSpecs), typeof(BatchOnBrokerSpecs), typeof(SeveralStepsSpecs),
            typeof(TopologyRepairSpecs), typeof(EveryVerbSpecs), typeof(PaidOnceSpecs), typeof(LaneChannelSpecs),
            typeof(OrdersInTerminalSpecs), typeof(BusyThreadSpecs), typeof(CalledOffSpecs), typeof(FaultySpecs),
            typeof(CalledOffByOthersSpecs),
        }.Select(type => type.FullName!),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections) where TTestCollection : ITestCollection
    {
        var any = testCollections.ToArray();
        Random.Shared.Shuffle(any);
        return [.. any.OrderBy(collection => Rank(collection.TestCollectionDisplayName))];
    }

    // A class without its own collection has one named "Test collection for <class> (id: <number>)".
    static int Rank(string name) => name switch
    {
        nameof(Restarts) => 0,
        _ when name.Split(' ') is ["Test", "collection", "for", var type, ..] => Longest.Contains(type) ? 1
            : Waiting.Value.Contains(type) ? 2
            : 3,
        _ => 2,
    };
}
