using System.Net.Mime;
using System.Text.Json;
using MassTransit;
using MassTransit.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.DeadLetters;
using OpenAIWorker.Delivery.Endpoints;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Seals;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Tests.Security.Fuzzing;

/// <summary>The worker with the bus inside the process, which accepts any bytes.</summary>
sealed class EmbeddedTarget(IHost host) : IFuzzTarget
{
    readonly IBus bus = host.Services.GetRequiredService<IBus>();
    readonly QueueNames topology = host.Services.GetRequiredService<QueueNames>();

    public Deliveries Deliveries { get; } = new();

    public HeaderSeal Seal { get; } = host.Services.GetRequiredService<HeaderSeal>();

    public static async Task<EmbeddedTarget> Start(IReadOnlyList<string> settings)
    {
        var target = new EmbeddedTarget(WorkerHost.Worker(settings).Build());
        await target.Start();
        return target;
    }

    public async Task<bool> Send(FuzzSent message)
    {
        var endpoint = await bus.GetSendEndpoint(new($"queue:{topology.Queue(message.Operation)}"));
        await endpoint.Send(new CancelJob { JobId = "any: the bytes are what is sent" },
            Pipe.Execute<SendContext>(send =>
        {
            send.Serializer = new Bytes(message.Body, TypeOf(message.Properties.ContentType));
            send.MessageId = Guid.Parse(message.MessageId);
            // Only the worker itself writes its headers here, so it trusts them.
            foreach (var (name, value) in message.Headers.Where(header =>
                !header.Key.StartsWith(DeadLetterHeaders.Own, StringComparison.Ordinal)))
                send.Headers.Set(name, value);
        }));
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    async Task Start()
    {
        host.Services.GetRequiredService<EventInbox>().Open(arrived =>
        {
            Deliveries.Take(arrived.Type, JsonElement.Parse(arrived.Body.Span), null);
            return Task.CompletedTask;
        });
        await host.StartAsync(TestContext.Current.CancellationToken);
        // The embedded transport delivers no messages to operations; these are read as on RabbitMQ.
        var connector = host.Services.GetRequiredService<IReceiveEndpointConnector>();
        await Task.WhenAll(OperationCatalog.All.Select(operation => connector.ConnectReceiveEndpoint(
            topology.Queue(operation.Name),
            (context, endpoint) => BusEndpoints.Consume(context, endpoint, operation)).Ready));
    }

    // This transport has only valid content types.
    static ContentType TypeOf(string? text)
    {
        try
        {
            return new(text ?? "application/json");
        }
        catch (Exception none) when (none is FormatException or ArgumentException)
        {
            return new("application/json");
        }
    }

    sealed class Bytes(byte[] body, ContentType type) : IMessageSerializer
    {
        public ContentType ContentType => type;

        public MessageBody GetMessageBody<T>(SendContext<T> context) where T : class => new BytesMessageBody(body);
    }
}
