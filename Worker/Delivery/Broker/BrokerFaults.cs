using System.Threading.Channels;
using MassTransit;
using Microsoft.Extensions.Hosting;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Transports;
using RabbitMQ.Client.Exceptions;
using NotConfirmedException = RabbitMQ.Client.Exceptions.PublishException;

namespace OpenAIWorker.Delivery.Broker;

/// <summary>
/// Distinguishes the broker's absence from all other faults. Only a delivery that failed because of the broker, or
/// because the worker stops, may be returned: any other fault would occur again.
/// </summary>
sealed class BrokerFaults(ITransport transport, IHostApplicationLifetime host)
{
    /// <summary>Whether the worker stops.</summary>
    public bool IsStopping => host.ApplicationStopping.IsCancellationRequested;

    /// <summary>Whether the worker stops and no broker takes its jobs back: the next run must send them.</summary>
    public bool LeavesJobs => IsStopping && !transport.KeepsJobs;

    /// <summary>Whether the broker's absence, or the worker's stop, explains the fault.</summary>
    public bool Explain(ReceiveContext context, Exception fault) =>
        context.CancellationToken.IsCancellationRequested
        || !transport.IsOpen(context)
        || Causes(fault).Any(cause => IsOfTheBroker(cause) || cause is LaneRestsException or ConsumerCanceledException
            || cause is OperationCanceledException && IsStopping);

    /// <summary>Whether the exception's type alone shows that the broker is away or accepts nothing.</summary>
    public static bool IsOfTheBroker(Exception fault) => fault
        is OperationInterruptedException or BrokerUnreachableException or ConnectFailureException
            or ChannelClosedException or NotConfirmedException
        or ConnectionException or MessageReturnedException or TransportException or TransportUnavailableException;

    /// <summary>
    /// Whether a queue did not accept the message, for example because it is full. MassTransit wraps the client's
    /// exception.
    /// </summary>
    public static bool IsRefusal(Exception fault) =>
        Causes(fault).Any(cause =>
            cause is NotConfirmedException { IsReturn: false } or MessageNotAcknowledgedException);

    public static IEnumerable<Exception> Causes(Exception? fault) => fault switch
    {
        null => [],
        AggregateException several => several.InnerExceptions.SelectMany(Causes),
        _ => Causes(fault.InnerException).Prepend(fault),
    };
}
