using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Needs;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(WaitingFirst))]

namespace OpenAIWorker.Tests.Needs;

/// <summary>
/// The tests that wait longest begin first; otherwise the run would end with them alone. First those that stop their
/// broker, then those that need a broker or another program, in any order. Tests that need only the processor fill the
/// rest.
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

    // A class without its own collection has one named "Test collection for <class> (id: <number>)".
    static int Rank(string name) => name switch
    {
        nameof(Restarts) => 0,
        _ when name.Split(' ') is ["Test", "collection", "for", var type, ..] && !Waiting.Value.Contains(type) => 2,
        _ => 1,
    };
}
