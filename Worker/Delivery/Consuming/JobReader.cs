using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Limits;
using OpenAIWorker.Operations;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Delivery.Consuming;

/// <summary>Makes a <see cref="Job"/> from a delivered request and its headers.</summary>
sealed class JobReader(ITransport transport, OpenAIClients clients, RateLimiter limiter, JobMetrics metrics,
    ClockSkew skew, TimeProvider clock)
{
    public Job Read<TRequest>(ConsumeContext<TRequest> context) where TRequest : JobRequest
    {
        ReplyAddress.Note(context);
        Initiator.Note(context);
        var job = JobOf(context);
        DeliverySpans.Of(job, clients.Unknown(job.Request) is null);
        return job;
    }

    Job JobOf<TRequest>(ConsumeContext<TRequest> context) where TRequest : JobRequest
    {
        var operation = OperationCatalog.For(typeof(TRequest)).Name;
        var (received, now) = (transport.Describe(context.ReceiveContext), clock.GetUtcNow());
        var id = context.Message.JobId is { Length: > 0 } own
            ? own
            : received.MessageId ?? UnreadableRequest.WrapperId(context.ReceiveContext);
        Delivered.Of(context.ReceiveContext).IsNamed |= id is not null;
        id ??= NewId.NextGuid().ToString();
        var headers = transport.HeadersOf(context.ReceiveContext, operation, id, now);
        var sentAt = headers is { Waits: 0, State: null } ? received.SentAt : null;
        if (sentAt is { } sent)
        {
            metrics.FirstSeen(operation, now - sent);
            skew.Came(sent);
        }
        return new(id, operation, Completed(context.Message, id), headers.Failed + 1, headers.Waits, headers.FirstSeen,
            headers.Spent, headers.State)
        {
            Body = context.ReceiveContext.Body,
            BodyHash = Delivered.Of(context.ReceiveContext).Body,
            Cost = headers.Cost,
            Tenant = limiter.TenantOf(context.Message),
            SentAt = sentAt ?? headers.FirstSeen,
            SentAgain = headers.SentAgain,
            User = headers.User,
            IsStateLost = headers.IsStateLost,
        };
    }

    JobRequest Completed(JobRequest request, string id)
    {
        var credential = clients.Spelled(request.Credential);
        return request.JobId != id || request.Credential != credential
            ? request with { JobId = id, Credential = credential }
            : request;
    }
}
