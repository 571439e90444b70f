using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Topology;

namespace OpenAIWorker.Delivery.Transports;

/// <summary>
/// Sends what a delivery causes, measures the time until the broker confirms, and adds it to the trace.
/// </summary>
sealed class EventSending(QueueNames topology, ITransport transport, JobMetrics metrics, TimeProvider clock)
{
    public Task Ending(string operation, Func<Task> send) => Send("ending", topology.Events, operation, send);

    public Task Delay(string operation, Func<Task> send) => Send("delay", topology.Events, operation, send);

    /// <summary>Sends a job that waits.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="isLane">Whether it waits in a lane, else in the delay ladder.</param>
    /// <param name="send">Sends it.</param>
    public Task Job(string operation, bool isLane, Func<Task> send) =>
        Send("job", isLane ? topology.AnyLane(operation) : topology.Ladder, operation, send);

    public Task DeadLetter(string operation, Func<Task> send) =>
        Send("dead_letter", topology.DeadLetters(operation), operation, send);

    async Task Send(string message, string destination, string operation, Func<Task> send)
    {
        using var span = DeliverySpans.Send(destination, operation, transport.System);
        var began = clock.GetTimestamp();
        await send();
        metrics.Published(operation, message, clock.GetElapsedTime(began));
    }
}
