using System.Runtime.ExceptionServices;
using System.Runtime.Serialization;
using System.Text.Json;
using MassTransit;
using OpenAIWorker.Contracts;
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
            end.GiveBack(context.Exception);
            // The broker delivers again at once; a fault that stays must not spin.
            await Task.Delay(Pause, clock, context.CancellationToken);
            ExceptionDispatchInfo.Throw(context.Exception);
        }
        await end.Fail(context, Failed(context));
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("unreadable");

    static bool IsUnreadable(Exception? exception) =>
        exception is SerializationException or JsonException || exception?.InnerException is { } inner && IsUnreadable(inner);

    OperationFailed Failed(ExceptionReceiveContext context)
    {
        var known = KnownMembers.Of(context.GetBody());
        var failure = FailureOf(context.Exception, known.IsObject);
        var headers = JobHeaders.Read(context.TransportHeaders, clock.GetUtcNow());
        return new()
        {
            JobId = known.JobId ?? transport.Describe(context).MessageId ?? "",
            Operation = topology.OperationOf(context.InputAddress.AbsolutePath.Split('/')[^1]),
            Code = failure.Code,
            Kind = failure.Kind,
            Remedy = failure.Remedy,
            Message = failure.Message,
            Member = failure.Member,
            Attempts = headers.Failed,
            Waits = headers.Waits,
            Model = known.Model,
            FirstSeen = headers.FirstSeen,
            FailedAt = clock.GetUtcNow(),
        };
    }

    static Failure FailureOf(Exception exception, bool isObject)
    {
        var json = Find<JsonException>(exception);
        var member = json?.Path is { Length: > 2 } path ? path[2..] : null;
        return isObject
            ? Failure.Invalid(member ?? "", $"The request does not fit its contract: {(json ?? exception).Message}")
            : new(FailureKind.Permanent, FailureCodes.Unreadable, $"The body is no JSON object: {(json ?? exception).Message}", Remedy.Sender);
    }

    static T? Find<T>(Exception? exception) where T : Exception => exception as T ?? (exception is null ? null : Find<T>(exception.InnerException));
}
