using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Jobs;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Tools;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Delivery.Handlers;

/// <summary>Functions whose handlers have queues on the broker.</summary>
sealed class RabbitMqToolBus(IBus bus, QueueNames topology, ToolAnswers answers, IOptions<DeliveryOptions> options,
    TimeProvider clock) : IToolBus
{
    // Fast handlers answer within this time, which saves their job a wait in the delay ladder.
    static readonly TimeSpan Hold = TimeSpan.FromSeconds(2);

    // MassTransit resends again and again what a full queue refuses, as long as the job has time.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Jobs that wait for answers may take this part of a queue's slots.
    const int PartOfPlaces = 4;

    int held;

    public async Task Send(CallTool call, string queue, CancellationToken cancellation)
    {
        // MassTransit's name for the default exchange, which reaches any queue by its name.
        var endpoint = await bus.GetSendEndpoint(new("exchange:amq.rabbitmq.reply-to"));
        using var timer = new CancellationTokenSource(Patience, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            await endpoint.Send(call, Pipe.Execute<SendContext<CallTool>>(send => Address(send, call, queue)),
                patience.Token);
        }
        catch (MessageReturnedException nobody)
        {
            throw new FailureException(NoQueue(call.Name, queue), nobody);
        }
        catch (Exception refused) when (timer.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new FailureException(Full(call.Name, queue), refused);
        }
    }

    public ToolAnswered? Answered(string callId) => answers.Find(callId);

    public async Task Arrival(IReadOnlyCollection<string> callIds, CancellationToken cancellation)
    {
        if (callIds.Count == 0 || Interlocked.Increment(ref held) > Math.Max(1,
            options.Value.Concurrency / PartOfPlaces) && LetGo())
            return;
        try
        {
            await answers.Arrival(callIds, Hold, clock, cancellation);
        }
        finally
        {
            LetGo();
        }
    }

    void Address(SendContext send, CallTool call, string queue)
    {
        send.SetRoutingKey(queue);
        send.TimeToLive = call.Deadline - clock.GetUtcNow();
        if (WorkerTrace.Current is { } span)
            foreach (var (name, value) in TraceHeaders.Of(span))
                send.Headers.Set(name, value);
        var rabbit = send.GetPayload<RabbitMqSendContext>();
        rabbit.Mandatory = true;
        rabbit.BasicProperties.CorrelationId = call.CallId;
        rabbit.BasicProperties.ReplyTo = topology.ToolAnswers;
    }

    bool LetGo()
    {
        Interlocked.Decrement(ref held);
        return true;
    }

    static Failure Full(string name, string queue) => new(FailureKind.Transient, FailureCodes.ToolUnreachable,
        $"The function '{name}' cannot be called: its queue '{queue}' accepts nothing, for example because it is full "
            + "and rejects new messages. Start more of its handlers, or raise the queue's limit.", Remedy.Operator);

    static Failure NoQueue(string name, string queue) => new(FailureKind.Transient, FailureCodes.ToolUnreachable,
        $"The function '{name}' has no handler: there is no queue '{queue}'. Start its handler, which declares it.",
        Remedy.Operator);
}
