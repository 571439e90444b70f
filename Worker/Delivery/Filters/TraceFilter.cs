using System.Diagnostics;
using MassTransit;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Filters;

/// <summary>Creates a span for each delivery, as a part of its sender's trace.</summary>
sealed class TraceFilter(QueueNames topology, ITransport transport) : IFilter<ReceiveContext>
{
    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) =>
        WorkerTrace.Source.HasListeners() ? Traced(context, next) : next.Send(context);

    public void Probe(ProbeContext context) => context.CreateFilterScope("trace");

    async Task Traced(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        // If an endpoint is connected within a span, every delivery would become a part of it.
        Activity.Current = null;
        var queue = QueueNames.QueueOf(context);
        using var span = DeliverySpans.Begin(NameOf(queue), topology.OperationOf(queue),
            TraceHeaders.Read(context.TransportHeaders), transport.System);
        try
        {
            await next.Send(context);
        }
        catch (Exception broken)
        {
            span?.Fail(broken.GetType().Name);
            throw;
        }
        finally
        {
            Clean(span);
        }
    }

    // MassTransit tags any current span with its own addresses and ids.
    static void Clean(Activity? span)
    {
        foreach (var (name, _) in span?.TagObjects.Where(tag =>
            tag.Key.StartsWith("messaging.masstransit.", StringComparison.Ordinal)).ToList() ?? [])
            span!.SetTag(name, null);
    }

    // There are as many lanes as limits and tenants, so spans do not name them.
    string NameOf(string queue) => QueueNames.IsLane(queue) ? topology.AnyLane(topology.OperationOf(queue)) : queue;
}
