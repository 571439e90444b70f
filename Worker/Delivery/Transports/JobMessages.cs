using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Seals;
using OpenAIWorker.Telemetry;
using RabbitMQ.Client;

namespace OpenAIWorker.Delivery.Transports;

/// <summary>
/// The properties of jobs' messages. The worker's own headers are signed, and trusted only with their signature.
/// </summary>
sealed partial class JobMessages(HeaderSeal seal, JobMetrics metrics, ILogger<JobMessages> logger)
{
    const byte Highest = 9;

    readonly Log log = new(logger);

    /// <summary>The history that workers have written about the job. Forged headers of a sender are ignored.</summary>
    public JobHeaders Read(ReceiveContext context, string operation, string jobId, DateTimeOffset now)
    {
        var (headers, job) = (context.TransportHeaders, new SealedJob(operation, jobId, context.GetBody()));
        return Trusted(headers, job, now) with
        {
            User = SenderUser.Of(context, job, seal),
            SentAgain = SentAgain.Of(headers, now),
        };
    }

    /// <summary>The properties of a job that waits or continues.</summary>
    public BasicProperties Waiting(ReceiveContext context, Job job, JobHeaders headers)
    {
        var message = new SealedJob(job.Operation, job.Id, context.GetBody());
        var properties = Named(Copy(context, message,
            seal.Sealed([.. headers.Write()], message).Concat(SentAgain.Headers(headers.SentAgain))), job.Id);
        // Jobs in progress get the highest priority.
        if (headers.State is not null)
            properties.Priority = Highest;
        // An expiration of the sender's would end the job without an ending.
        properties.ClearExpiration();
        return properties;
    }

    /// <summary>The properties of a job that is sent on unchanged.</summary>
    public BasicProperties Forwarded(ReceiveContext context, SealedJob job) =>
        Named(Copy(context, job, SentAgain.Headers(SentTimestamp.Of(context.TransportHeaders, SentAgain.Header))),
            job.Id);

    /// <summary>The properties of a dead letter.</summary>
    public BasicProperties DeadLetter(ReceiveContext context, SealedJob job,
        IEnumerable<KeyValuePair<string, object?>> headers)
    {
        var properties = Copy(context, job, headers);
        properties.ClearExpiration();
        return properties;
    }

    JobHeaders Trusted(MassTransit.Headers headers, SealedJob job, DateTimeOffset now)
    {
        if (!JobHeaders.AreIn(headers))
            return JobHeaders.New(now);
        if (seal.Holds(headers, JobHeaders.Names, job))
            return JobHeaders.Read(headers, now);
        metrics.HeadersIgnored(job.Operation);
        log.Ignored(PlainText.Name(job.Id), job.Operation);
        return JobHeaders.New(now);
    }

    // A message without an id gets its job's, so that the job keeps its id. A longer id came from the sender, and is in
    // the body.
    static BasicProperties Named(BasicProperties properties, string jobId)
    {
        if (properties.MessageId is not { Length: > 0 } && AmqpShortString.Fits(jobId))
            properties.MessageId = jobId;
        return properties;
    }

    BasicProperties Copy(ReceiveContext context, SealedJob job, IEnumerable<KeyValuePair<string, object?>> headers)
    {
        var received = context.GetPayload<RabbitMqBasicConsumeContext>().Properties;
        var copy = new BasicProperties(received) { Persistent = true };
        // The broker refuses a user-id other than the connection's own.
        copy.ClearUserId();
        copy.Headers = SenderHeaders.Of(received.Headers);
        foreach (var (name, value) in headers.Concat(SenderUser.Headers(context, job, seal)))
            copy.Headers[name] = value;
        // A tracestate without its traceparent would be attached to the trace that begins here.
        copy.Headers.Remove(TraceHeaders.State);
        foreach (var (name, value) in TraceHeaders.Onward(context.TransportHeaders))
            copy.Headers[name] = value;
        return copy;
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(20, LogLevel.Warning,
            "Job {JobId}: {Operation} has headers that no worker of this installation wrote for it. They are "
                + "ignored, and the job starts from the beginning")]
        public partial void Ignored(string jobId, string operation);
    }
}
