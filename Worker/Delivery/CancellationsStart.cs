using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery;

/// <summary>
/// Before the bus takes its first job: reads all that was cancelled. The end of a stream cannot be asked for, so a message of this worker's own is written
/// there and read up to.
/// </summary>
sealed partial class CancellationsStart(Cancellations cancellations, Topology topology, IOptions<BrokerOptions> options, TimeProvider clock, ILogger<CancellationsStart> logger) : IHostedService
{
    // Each may be as large as the broker takes, but all that the stream keeps is some 50 MB.
    const ushort Prefetch = 20;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Log log = new(logger);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Read(cancellationToken).WaitAsync(Patience, clock, cancellationToken);
        }
        catch (Exception away) when (away is BrokerAwayException or OperationInterruptedException or AlreadyClosedException or IOException or TimeoutException)
        {
            // The bus reads the stream too, beside the jobs.
            log.Unread(away.GetType().Name, away.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    async Task Read(CancellationToken cancellation)
    {
        var (mark, end) = (Guid.NewGuid().ToString(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var connection = await BrokerConnection.Open(options.Value, "cancellations", cancellation);
        await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation);
        await channel.BasicPublishAsync("", topology.Cancellations, mandatory: true, new BasicProperties { MessageId = mark, ContentType = "application/json", Persistent = true }, "{}"u8.ToArray(), cancellation);
        await channel.BasicQosAsync(0, Prefetch, global: false, cancellation);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            if (message.BasicProperties.MessageId == mark)
                end.TrySetResult();
            else if (ShortMessages.Fits(message.Body.Length) && JobOf(message.Body.Span) is { } job)
                cancellations.Add(job);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellation);
        };
        channel.ChannelShutdownAsync += (_, gone) =>
        {
            end.TrySetException(new OperationInterruptedException(gone));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(topology.Cancellations, autoAck: false, "", noLocal: false, exclusive: false, new Dictionary<string, object?> { ["x-stream-offset"] = "first" }, consumer, cancellation);
        await end.Task.WaitAsync(cancellation);
    }

    // Plain, or in MassTransit's envelope.
    static string? JobOf(ReadOnlySpan<byte> body)
    {
        try
        {
            var json = JsonElement.Parse(body);
            return JobIn(json) ?? (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("message", out var message) ? JobIn(message) : null);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? JobIn(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object ? json.Deserialize<CancelJob>(BusJson.Options)?.JobId : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(22, LogLevel.Warning, "Cancellations could not be read before the first job: {Fault}: {Reason}")]
        public partial void Unread(string fault, string reason);
    }
}
