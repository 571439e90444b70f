using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Cli;
using OpenAIWorker.Tests.Cli.Batch;
using OpenAIWorker.Tests.Cli.Jobs;
using OpenAIWorker.Tests.Contracts.Package;
using OpenAIWorker.Tests.Delivery.Broker;
using OpenAIWorker.Tests.Delivery.Cancelling;
using OpenAIWorker.Tests.Delivery.Consuming;
using OpenAIWorker.Tests.Delivery.Lanes;
using OpenAIWorker.Tests.Delivery.Orders;
using OpenAIWorker.Tests.Delivery.Records;
using OpenAIWorker.Tests.Delivery.Topology;
using OpenAIWorker.Tests.Needs;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Operations.Assistants;
using OpenAIWorker.Tests.Security;
using OpenAIWorker.Tests.Security.Forging;
using OpenAIWorker.Tests.Web.Window;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(WaitingFirst))]

namespace OpenAIWorker.Tests.Needs;

/// <summary>
/// The tests that wait longest begin first; otherwise the run would end with them alone. First those that stop their
/// broker, then the others that need a broker or another program, in any order, but every third one is of the classes
/// that take longest, which mostly wait, until these are used up: the processor would be idle beside them alone. Tests
/// that need only the processor fill the rest.
/// </summary>
public sealed class WaitingFirst : ITestCollectionOrderer
{
    static readonly Lazy<HashSet<string>> Waiting = new(() =>
        [.. TestNeeds.Tests.Where(test => TestNeeds.Of(test.Class, test.Test) is not Need.Nothing)
            .Select(test => test.Class.FullName!)]);

    // Those that took over 17 s, as the report of ops/test -xml shows.
    static readonly HashSet<string> Longest =
    [
        .. new[]
        {
            typeof(LaneSpecs), typeof(WindowPageSpecs), typeof(BatchOnBrokerSpecs), typeof(SeveralStepsSpecs),
            typeof(TopologyRepairSpecs), typeof(EveryVerbSpecs), typeof(PaidOnceSpecs), typeof(LaneChannelSpecs),
            typeof(OrdersInTerminalSpecs), typeof(BusyThreadSpecs), typeof(CalledOffSpecs), typeof(FaultySpecs),
            typeof(CalledOffByOthersSpecs), typeof(FuzzSpecs), typeof(OutputKindsSpecs), typeof(KillWindowSpecs),
            typeof(PackageSpecs), typeof(ForgedHeaderSpecs), typeof(HostileMessageSpecs), typeof(JobsSpecs),
            typeof(OrderSpecs), typeof(SilenceSpecs), typeof(BackgroundSpecs), typeof(RefusingSubscriberSpecs),
        }.Select(type => type.FullName!),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections) where TTestCollection : ITestCollection
    {
        var any = testCollections.ToArray();
        Random.Shared.Shuffle(any);
        var ranked = any.ToLookup(collection => RankOf(collection.TestCollectionDisplayName));
        return [.. ranked[Rank.Restart], .. Mixed([.. ranked[Rank.Long]], [.. ranked[Rank.Waits]]),
            .. ranked[Rank.Works]];
    }

    static IEnumerable<T> Mixed<T>(IReadOnlyList<T> longest, IReadOnlyList<T> others)
    {
        var each = others.Chunk(2).ToList();
        for (var number = 0; number < Math.Max(longest.Count, each.Count); number++)
            foreach (var one in longest.Skip(number).Take(1).Concat(each.ElementAtOrDefault(number) ?? []))
                yield return one;
    }

    // A class without its own collection has one named "Test collection for <class> (id: <number>)".
    static Rank RankOf(string name) => name switch
    {
        nameof(Restarts) => Rank.Restart,
        _ when name.Split(' ') is ["Test", "collection", "for", var type, ..] => Longest.Contains(type) ? Rank.Long
            : Waiting.Value.Contains(type) ? Rank.Waits
            : Rank.Works,
        _ => Rank.Waits,
    };

    enum Rank
    {
        Restart,
        Long,
        Waits,
        Works,
    }
}
