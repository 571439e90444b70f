using System.Runtime.ExceptionServices;
using System.Runtime.Serialization;
using System.Text.Json;
using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery;

/// <summary>
/// The end of the error pipe. A body that cannot be read ends its job here; anything else that comes this way is the broker's absence,
/// and goes back to it.
/// </summary>
sealed class UnreadableFilter(JobEnd end, ITransport transport, Topology topology, TimeProvider clock) : IFilter<ExceptionReceiveContext>
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        // Told of the fault, MassTransit does not also take the message for one that nobody consumed.
        if (!context.IsFaulted)
            await context.NotifyFaulted(context.Exception);
        if (!IsUnreadable(context.Exception))
        {
            if (context.Exception is not LaneRestsException)
                end.GiveBack(context.Exception);
            // The broker delivers again at once; a fault that stays must not spin.
            await Task.Delay(Pause, clock, context.CancellationToken);
            ExceptionDispatchInfo.Throw(context.Exception);
        }
        await end.Fail(context, topology.OperationOf(context, transport.Describe(context)), FailureOf(context.Exception, KnownMembers.Of(context.GetBody()).Request));
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("unreadable");

    static bool IsUnreadable(Exception? exception) =>
        exception is SerializationException or JsonException || exception?.InnerException is { } inner && IsUnreadable(inner);

    static Failure FailureOf(Exception exception, JsonElement? request)
    {
        var json = Find<JsonException>(exception);
        if (request is { } known)
            return json is null ? Failure.Invalid("", $"The request does not fit its contract: {exception.Message}") : RequestReading.Misfit(json, known);
        return new(FailureKind.Permanent, FailureCodes.Unreadable, $"The body is no JSON object: {(json ?? exception).Message}", Remedy.Sender);
    }

    static T? Find<T>(Exception? exception) where T : Exception => exception as T ?? (exception is null ? null : Find<T>(exception.InnerException));
}
