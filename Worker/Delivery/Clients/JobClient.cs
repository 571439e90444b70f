using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.DeadLetters;
using OpenAIWorker.Delivery.Endpoints;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Operations;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Delivery.Clients;

/// <summary>
/// A client on the bus of a host of its own: with the embedded transport that host is the worker as well.
/// </summary>
sealed class JobClient(IHost host) : IJobClient
{
    readonly IBus bus = host.Services.GetRequiredService<IBus>();
    readonly QueueNames topology = host.Services.GetRequiredService<QueueNames>();
    readonly string? replies = host.Services.GetRequiredService<BusRole>().Replies;
    readonly ITransport transport = host.Services.GetRequiredService<ITransport>();
    readonly TimeProvider clock = host.Services.GetRequiredService<TimeProvider>();
    readonly RunningCalls? calls = host.Services.GetService<RunningCalls>();

    // Whoever sends a job that has failed once more means it.
    readonly string replay = Guid.NewGuid().ToString();
    readonly BrokerConnectionState broker = host.Services.GetRequiredService<BrokerConnectionState>();
    volatile bool isStarted;

    public bool IsEmbedded { get; } = host.Services.GetRequiredService<IOptions<BrokerOptions>>().Value.IsEmbedded;

    public event Action<CredentialPaused>? Paused
    {
        add => host.Services.GetRequiredService<EventInbox>().Paused += value;
        remove => host.Services.GetRequiredService<EventInbox>().Paused -= value;
    }

    public int Running => calls?.Running ?? 0;

    public string? Away => isStarted && replies is not null && !IsEmbedded && !broker.IsUp
        ? broker.Reason ?? "the connection broke"
        : null;

    public async Task<IReadOnlyList<string>> Refusals(IReadOnlyList<string> credentials, CancellationToken cancellation)
    {
        if (IsEmbedded)
            return await host.Services.GetRequiredService<OpenAIClients>().Refusals(credentials, cancellation);
        var broker = await BrokerProbe.Run(host.Services.GetRequiredService<IOptions<BrokerOptions>>().Value,
            host.Services.GetRequiredService<TopologyDeclaration>(), cancellation);
        return broker.IsGood ? [] : [$"The {broker.What} does not take jobs: {broker.Says.TrimEnd('.')}."];
    }

    public async Task Receive(Func<JobEvent, Task> onEvent, CancellationToken cancellation)
    {
        host.Services.GetRequiredService<EventInbox>().Open(onEvent);
        await host.StartAsync(cancellation);
        isStarted = true;
    }

    public async Task Send(JobRequest job, CancellationToken cancellation)
    {
        var operation = OperationCatalog.For(job.GetType()).Name;
        var queue = topology.Queue(operation);
        using var span = DeliverySpans.Send(queue, operation, transport.System);
        var endpoint = await bus.GetSendEndpoint(IsEmbedded ? new($"queue:{queue}") : new($"exchange:{queue}"));
        await endpoint.Send((object)job, job.GetType(), Pipe.Execute<SendContext>(send =>
        {
            send.Headers.Set(DeadLetterHeaders.Replay, replay);
            send.Headers.Set(SentTimestamp.Header, clock.GetUtcNow().ToUnixTimeMilliseconds());
            foreach (var (name, value) in Activity.Current is { IdFormat: ActivityIdFormat.W3C } trace
                ? TraceHeaders.Of(trace)
                : [])
                send.Headers.Set(name, value);
            if (!send.TryGetPayload<RabbitMqSendContext>(out var rabbit))
                return;
            rabbit.Mandatory = true;
            rabbit.BasicProperties.MessageId = job.JobId;
            rabbit.BasicProperties.ReplyTo = replies;
            rabbit.BasicProperties.Priority = (byte)(job.Priority ?? 4);
        }), cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        // What failed to start has said why; stopping it would say something else.
        if (isStarted)
            await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
