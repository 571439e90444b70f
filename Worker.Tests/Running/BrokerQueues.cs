using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Handlers;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Tests.Running;

/// <summary>Deletes what a worker declared after a test: a shared broker must not fill up with queues.</summary>
static class BrokerQueues
{
    public static IEnumerable<string> Of(string prefix)
    {
        var topology = Names(prefix);
        return Of(topology, new DelayLadder(topology));
    }

    public static IEnumerable<string> Of(QueueNames topology, DelayLadder ladder) =>
        [.. Jobs(topology, ladder), topology.Workers, .. Streams(topology)];

    /// <summary>The queues that may have messages, in the order in which these move on.</summary>
    public static IEnumerable<string> Jobs(string prefix)
    {
        var topology = Names(prefix);
        return Jobs(topology, new DelayLadder(topology));
    }

    /// <summary>The queue that counts the workers.</summary>
    public static string WorkersOf(string prefix) => Names(prefix).Workers;

    static IEnumerable<string> Jobs(QueueNames topology, DelayLadder ladder) =>
    [
        .. Enumerable.Range(0, DelayLadder.Levels).Reverse().Select(ladder.Level),
        topology.Unknown, topology.Expired, topology.DeadLetters(QueueNames.UnknownOperation),
        .. OperationCatalog.All.SelectMany(operation =>
            new[] { topology.Queue(operation.Name), topology.DeadLetters(operation.Name) }),
    ];

    static IEnumerable<string> Streams(QueueNames topology) =>
        [topology.Cancellations, topology.Lanes, topology.ToolAnswers, topology.Orders, topology.Seal, topology.Waits];

    static QueueNames Names(string prefix) => new(Options.Create(new BrokerOptions { Prefix = prefix }));
}
