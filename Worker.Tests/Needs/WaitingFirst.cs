using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Needs;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(WaitingFirst))]

namespace OpenAIWorker.Tests.Needs;

/// <summary>
/// Those that wait longest begin first, or the run would end with them alone: those that stop their broker, then all
/// that need a broker or another program, in any order. What needs the processor alone fills the rest.
/// </summary>
public sealed class WaitingFirst : ITestCollectionOrderer
{
    static readonly Lazy<HashSet<string>> Waiting = new(() =>
        [.. TestNeeds.Tests.Where(test => TestNeeds.Of(test.Class, test.Test) is not Need.Nothing)
            .Select(test => test.Class.FullName!)]);

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections) where TTestCollection : ITestCollection
    {
        var any = testCollections.ToArray();
        Random.Shared.Shuffle(any);
        return [.. any.OrderBy(collection => Rank(collection.TestCollectionDisplayName))];
    }

    // A class without a collection of its own has one that is called "Test collection for <class> (id: <number>)".
    static int Rank(string name) => name switch
    {
        nameof(Restarts) => 0,
        _ when name.Split(' ') is ["Test", "collection", "for", var type, ..] && !Waiting.Value.Contains(type) => 2,
        _ => 1,
    };
}
