using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Endpoints;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>
/// The lanes of the embedded transport. Its queues lose what is sent before their first consumer, and what is on its way to one that stops. So a lane is connected
/// once, before its first job, and a gate lets through as many jobs as are wanted; the others stay in memory, where the queue is too. It stays connected when nobody reads it any
/// more, for a job that is just being sent would be lost with it: there are no more of them than <c>Limits:MaxGroups</c>, and they end with the process.
/// </summary>
sealed class EmbeddedLanes(IServiceProvider services, QueueNames topology, IHostApplicationLifetime host)
{
    readonly ConcurrentDictionary<string, Lazy<Entrance>> lanes = new();

    /// <summary>Completes when jobs can be put into the lane.</summary>
    public Task Ready(string lane) => Of(lane).Ready;

    /// <summary>Takes jobs from it.</summary>
    public ILaneFeed Open(LaneOpened opened) => Of(opened.Queue).Open(opened.Prefetch);

    Entrance Of(string lane) => lanes.GetOrAdd(lane, name => new(() => Connect(name))).Value;

    Entrance Connect(string lane)
    {
        var gate = new Gate(host.ApplicationStopping);
        var endpoint = services.GetRequiredService<IReceiveEndpointConnector>().ConnectReceiveEndpoint(lane, (context, endpoint) =>
        {
            // It is fed by workers alone: bound to the request's exchange it would get every job a second time.
            endpoint.ConfigureConsumeTopology = false;
            endpoint.ConfigureReceive(pipe => pipe.UseFilter(gate));
            BusEndpoints.Consume(context, endpoint, OperationCatalog.Named(topology.OperationOf(lane))!);
        });
        return new(gate, endpoint);
    }

    sealed class Entrance(Gate gate, HostReceiveEndpointHandle endpoint)
    {
        public Task Ready => endpoint.Ready;

        public Feed Open(int atOnce)
        {
            gate.Open(atOnce);
            return new Feed(gate, endpoint.Ready);
        }
    }

    sealed class Feed(Gate gate, Task ready) : ILaneFeed
    {
        public Task Ready => ready;

        public Task Stop()
        {
            gate.Open(0);
            return Task.CompletedTask;
        }
    }
}
