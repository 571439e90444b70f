using System.Text.Json;
using MassTransit;
using MassTransit.RabbitMqTransport;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.DeadLetters;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Seals;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Settings;
using OpenAIWorker.Settings.Secrets;
using RabbitMQ.Client;

namespace OpenAIWorker.Delivery.Transports;

/// <summary>
/// RabbitMQ: everything is published on the channel of the message, and confirmed, before the message is acknowledged.
/// </summary>
sealed class RabbitMqTransport(
    QueueNames topology, DelayLadder ladder, RabbitMqPublisher publisher, RabbitMqEvents events, JobMessages messages,
    OwnSecrets secrets, JobMetrics metrics) : ITransport
{
    // Half of the smallest sensible Delivery:MaxDeliveries.
    const int MostRests = 5;

    public string System => "rabbitmq";

    public bool KeepsJobs => true;

    public Received Describe(ReceiveContext context)
    {
        if (context.TryGetPayload<Received>(out var known))
            return known;
        var message = context.GetPayload<RabbitMqBasicConsumeContext>();
        var properties = message.Properties;
        return context.GetOrAddPayload(() => new Received(
            properties.MessageId is { Length: > 0 } id ? id : null, properties.CorrelationId, message.RoutingKey,
            DeliveryCount.Of(context, properties.Headers),
            SentTimestamp.Of(context.TransportHeaders) ?? SentTimestamp.Of(properties))
        {
            ReplyTo = properties.ReplyTo is { Length: > 0 } replyTo && !topology.IsOwn(replyTo) ? replyTo : null,
        });
    }

    public JobHeaders HeadersOf(ReceiveContext context, string operation, string jobId, DateTimeOffset now) =>
        messages.Read(context, operation, jobId, now);

    public bool IsOpen(ReceiveContext context) => RabbitMqPublisher.IsOpen(context);

    public Task Delay<T>(ConsumeContext<T> context, Job job, JobHeaders headers, TimeSpan delay) where T : class
    {
        var (exchange, routingKey) = ladder.Route(delay, topology.Queue(job.Operation));
        return SendOn(context.ReceiveContext, job, headers, exchange, routingKey);
    }

    public Task Move<T>(ConsumeContext<T> context, Job job, JobHeaders headers, string queue) where T : class =>
        SendOn(context.ReceiveContext, job, headers, "", queue);

    public Task Open(ReceiveContext context, string lane) => publisher.Open(context, lane);

    // The broker returns it to its place, and counts that as a delivery. So a job that rested often is sent to the lane
    // as a new message.
    public async Task<JobHeaders> GiveBack<T>(ConsumeContext<T> context, Job job, string lane) where T : class
    {
        if (Describe(context.ReceiveContext).Deliveries < MostRests)
            throw new LaneRestsException(lane);
        var headers = job.Waiting(countsAsAttempt: false);
        await Move(context, job, headers, lane);
        return headers;
    }

    public Task Forward(ReceiveContext context, string operation)
    {
        var body = context.GetBody();
        var job = new SealedJob(operation, UnreadableRequest.Of(context).IdOf(Describe(context)), body);
        return publisher.Publish(context, "", topology.Queue(operation), messages.Forwarded(context, job),
            mandatory: true, body);
    }

    public Task Announce(ReceiveContext context, LaneOpened lane)
    {
        var properties = new BasicProperties { ContentType = "application/json", Persistent = true };
        return publisher.Publish(context, topology.Lanes, "", properties, mandatory: true,
            JsonSerializer.SerializeToUtf8Bytes(lane, BusJson.Options));
    }

    public async Task DeadLetter(ReceiveContext context, OperationFailed failed, string tenant)
    {
        var received = context.GetPayload<RabbitMqBasicConsumeContext>();
        var body = context.GetBody();
        var job = new SealedJob(failed.Operation, failed.JobId, body);
        var properties = messages.DeadLetter(context, job,
            DeadLetterHeaders.Of(failed, tenant, received.RoutingKey).Select(Masked));
        await publisher.Publish(context, "", topology.DeadLetters(failed.Operation), properties, mandatory: true, body);
        metrics.DeadLetter(failed);
    }

    public Task Publish(ReceiveContext context, OutgoingEvent happened) => events.Publish(context, happened);

    // In the worker's own queues, the message would become a job, a cancellation or a function's answer that the sender
    // may have no right to write.
    public Task Reply(ReceiveContext context, OutgoingEvent happened, string jobId, string type) =>
        Describe(context).ReplyTo is { } replyTo ? events.Reply(context, replyTo, happened) : Task.CompletedTask;

    public Task Answer<T>(ReceiveContext context, ReplyAddress asker, T ending, Action<SendContext> address)
        where T : class =>
        events.Answer(context, asker, ending, address);

    KeyValuePair<string, object?> Masked(KeyValuePair<string, object?> header) =>
        header.Value is string text ? new(header.Key, secrets.Masked(text)) : header;

    Task SendOn(ReceiveContext context, Job job, JobHeaders headers, string exchange, string routingKey) =>
        publisher.Publish(context, exchange, routingKey, messages.Waiting(context, job, headers), mandatory: true,
            context.GetBody());
}
