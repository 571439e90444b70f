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
        var topology = new QueueNames(Options.Create(new BrokerOptions { Prefix = prefix }));
        return Of(topology, new DelayLadder(topology));
    }

    public static IEnumerable<string> Of(QueueNames topology, DelayLadder ladder) =>
    [
        .. OperationCatalog.All.SelectMany(operation =>
            new[] { topology.Queue(operation.Name), topology.DeadLetters(operation.Name) }),
        topology.Unknown, topology.Expired, topology.DeadLetters(QueueNames.UnknownOperation),
        topology.Cancellations, topology.Lanes, topology.ToolAnswers, topology.Orders, topology.Seal, topology.Waits,
        .. Enumerable.Range(0, DelayLadder.Levels).Select(ladder.Level),
    ];
}
