using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.DeadLetters;
using OpenAIWorker.Delivery.Endpoints;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Delivery.Clients;

/// <summary>Sends jobs to the exchange that producers use.</summary>
sealed class JobSender(
    IBus bus, DirectJobs direct, QueueNames topology, ITransport transport, IOptions<BrokerOptions> broker,
    TimeProvider clock)
{
    /// <summary>
    /// Sends a job to its operation's queue; completes when the queue has stored it. <see cref="JobRequest.JobId"/>
    /// must be set.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="replies">The queue for its events. Null: only the subscribers receive them.</param>
    /// <param name="replay">The name of a replay, which starts a failed job again. Null: a failed job is answered with
    /// its failure.</param>
    /// <param name="again">When it was sent again on purpose: older cancellations do not apply to it. Null: it was
    /// not.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task Send(JobRequest job, string? replies, string? replay, DateTimeOffset? again,
        CancellationToken cancellation)
    {
        var operation = OperationCatalog.For(job.GetType()).Name;
        var queue = topology.Queue(operation);
        using var span = DeliverySpans.Send(queue, operation, transport.System);
        if (broker.Value.IsEmbedded)
        {
            direct.Deliver(job, Headers(replay, again));
            return;
        }
        var endpoint = await bus.GetSendEndpoint(new($"exchange:{queue}"));
        await endpoint.Send((object)job, job.GetType(), Pipe.Execute<SendContext>(send =>
        {
            foreach (var (name, value) in Headers(replay, again))
                send.Headers.Set(name, value);
            if (!send.TryGetPayload<RabbitMqSendContext>(out var rabbit))
                return;
            rabbit.Mandatory = true;
            rabbit.BasicProperties.MessageId = job.JobId;
            rabbit.BasicProperties.ReplyTo = replies;
            rabbit.BasicProperties.Priority = (byte)(job.Priority ?? 4);
        }), cancellation);
    }

    IEnumerable<KeyValuePair<string, object?>> Headers(string? replay, DateTimeOffset? again)
    {
        foreach (var header in SentAgain.Headers(again))
            yield return header;
        if (replay is not null)
            yield return new(DeadLetterHeaders.Replay, replay);
        yield return new(SentTimestamp.Header, clock.GetUtcNow().ToUnixTimeMilliseconds());
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C } trace)
            yield break;
        foreach (var (name, value) in TraceHeaders.Of(trace))
            yield return new(name, value);
    }
}
