using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Filters;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Json;

namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>Before the bus receives its first job: reads all cancellations.</summary>
sealed partial class CancellationsStart(CancelledJobs cancelled, QueueNames topology,
    IOptions<BrokerOptions> options, TimeProvider clock, ILogger<CancellationsStart> logger) : IHostedService
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Log log = new(logger);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Read(cancellationToken).WaitAsync(Patience, clock, cancellationToken);
        }
        catch (Exception away) when (away is BrokerUnavailableException
            || BrokerConnection.IsAway(away, cancellationToken))
        {
            // The bus reads the stream too, while it receives jobs.
            log.Unread(away.GetType().Name, away.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    async Task Read(CancellationToken cancellation)
    {
        await using var connection = await BrokerConnection.Open(options.Value, "cancellations", cancellation);
        await using var reading = await StreamReading.Begin(connection, topology.Cancellations, message =>
        {
            if (ShortMessages.Fits(message.Body.Length)
                && OrderOf(message.Body.Span, SentTimestamp.OfMessage(message.BasicProperties)) is { } order)
                cancelled.Add(order);
        }, cancellation);
        await reading.CaughtUp.WaitAsync(cancellation);
    }

    // Plain, or in MassTransit's envelope.
    CancelOrder? OrderOf(ReadOnlySpan<byte> body, DateTimeOffset? sentAt)
    {
        try
        {
            var json = JsonElement.Parse(body);
            return OrderIn(json, sentAt) ?? (json.ValueKind == JsonValueKind.Object
                && json.TryGetProperty("message", out var message)
                ? OrderIn(message, sentAt ?? (json.Text("sentTime") is { } text
                    && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var told) ? told : null))
                : null);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    CancelOrder? OrderIn(JsonElement json, DateTimeOffset? sentAt)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object && json.Deserialize<CancelJob>(BusJson.Options) is { } cancel
                ? CancelOrder.Of(cancel, SentTimestamp.Latest(sentAt), clock.GetUtcNow())
                : null;
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
