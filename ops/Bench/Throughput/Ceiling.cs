using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Bench.Throughput;

/// <summary>
/// The upper bound for a worker: RabbitMQ.Client and HTTP, without a framework. It keeps only the most important
/// promise: a job is acknowledged after its ending is confirmed. It knows one operation, and no limits, retries or
/// claim checks. Confirms are tracked by hand, because the client's own tracking waits for each one.
/// </summary>
sealed class Ceiling(IChannel consuming, IChannel publishing, HttpMessageInvoker http, Uri baseUrl, string prefix)
{
    static readonly BasicProperties Properties = new() { Persistent = true, ContentType = "application/json" };
    static readonly MediaTypeHeaderValue Json = new("application/json");
    static readonly AuthenticationHeaderValue Key = new("Bearer", "any");

    readonly Channel<(ulong Delivery, ReadOnlyMemory<byte> Body)> endings =
        Channel.CreateUnbounded<(ulong, ReadOnlyMemory<byte>)>(new() { SingleReader = true });
    readonly Dictionary<ulong, ulong> unconfirmed = [];
    ulong lowest = 1;

    /// <summary>Runs until it is killed.</summary>
    public static async Task Run(string uri, string prefix, Uri baseUrl, ushort concurrency,
        CancellationToken cancellation)
    {
        await using var connection = await new ConnectionFactory { Uri = new(uri) }.CreateConnectionAsync(cancellation);
        await using var consuming = await connection.CreateChannelAsync(cancellationToken: cancellation);
        await using var publishing = await connection.CreateChannelAsync(
            new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false,
                outstandingPublisherConfirmationsRateLimiter: null), cancellation);
        using var http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
        });
        var ceiling = new Ceiling(consuming, publishing, http, baseUrl, prefix);
        await ceiling.Consume(concurrency, cancellation);
        await ceiling.Publish(cancellation);
    }

    async Task Consume(ushort concurrency, CancellationToken cancellation)
    {
        publishing.BasicAcksAsync += Confirmed;
        await consuming.BasicQosAsync(0, concurrency, global: false, cancellation);
        var consumer = new AsyncEventingBasicConsumer(consuming);
        consumer.ReceivedAsync += Take;
        await consuming.BasicConsumeAsync($"{prefix}.message-model", autoAck: false, consumer, cancellation);
    }

    // A delivery blocks no other one. Its bytes are only valid during this call.
    Task Take(object sender, BasicDeliverEventArgs message)
    {
        var (job, delivery) = (Read(message.Body), message.DeliveryTag);
        ThreadPool.UnsafeQueueUserWorkItem(_ => _ = Try(job, delivery), null);
        return Task.CompletedTask;
    }

    // It does not handle failures: the first one ends it and the benchmark.
    async Task Try(Job job, ulong delivery)
    {
        try
        {
            await Work(job, delivery);
        }
        catch (Exception broken)
        {
            await Console.Error.WriteLineAsync($"{broken}");
            Environment.Exit(1);
        }
    }

    async Task Work(Job job, ulong delivery)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post,
            $"{baseUrl}/{(job.IsChat ? "chat/completions" : "responses")}")
        { Content = new ReadOnlyMemoryContent(job.Request) { Headers = { ContentType = Json } } };
        message.Headers.Authorization = Key;
        message.Headers.Add("X-Client-Request-Id", job.Id);
        using var response = await http.SendAsync(message, CancellationToken.None);
        response.EnsureSuccessStatusCode();
        using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
        endings.Writer.TryWrite((delivery, Ending(job, answer.RootElement)));
    }

    // There is one writer, so the numbers of the confirms match its messages.
    async Task Publish(CancellationToken cancellation)
    {
        var (exchange, key) = (new CachedString($"{prefix}.events"), new CachedString("message-model.completed"));
        for (var number = 1UL; ; number++)
        {
            var (delivery, body) = await endings.Reader.ReadAsync(cancellation);
            lock (unconfirmed)
                unconfirmed.Add(number, delivery);
            await publishing.BasicPublishAsync(exchange, key, mandatory: false, Properties, body, cancellation);
        }
    }

    async Task Confirmed(object sender, BasicAckEventArgs confirm)
    {
        var deliveries = new List<ulong>();
        lock (unconfirmed)
        {
            var from = confirm.Multiple ? lowest : confirm.DeliveryTag;
            for (var number = from; number <= confirm.DeliveryTag; number++)
                if (unconfirmed.Remove(number, out var delivery))
                    deliveries.Add(delivery);
            while (lowest <= confirm.DeliveryTag && !unconfirmed.ContainsKey(lowest))
                lowest++;
        }
        foreach (var delivery in deliveries)
            await consuming.BasicAckAsync(delivery, multiple: false);
    }

    static Job Read(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        var job = json.RootElement;
        var isChat = job.GetProperty("api").ValueEquals("chatCompletions"u8);
        var request = new ArrayBufferWriter<byte>(body.Length + 256);
        using (var writer = new Utf8JsonWriter(request, new() { SkipValidation = true }))
        {
            writer.WriteStartObject();
            Copy(writer, "model"u8, job.GetProperty("model"));
            Copy(writer, isChat ? "max_completion_tokens"u8 : "max_output_tokens"u8, job.GetProperty("maxTokens"));
            writer.WriteStartArray(isChat ? "messages"u8 : "input"u8);
            foreach (var message in job.GetProperty("messages").EnumerateArray())
            {
                writer.WriteStartObject();
                writer.WriteString("role"u8, "user"u8);
                Copy(writer, "content"u8, message.GetProperty("text"));
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return new(job.GetProperty("jobId").GetString()!, isChat, request.WrittenMemory);
    }

    static ReadOnlyMemory<byte> Ending(Job job, JsonElement answer)
    {
        var ending = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(ending, new() { SkipValidation = true });
        writer.WriteStartObject();
        writer.WriteString("jobId"u8, job.Id);
        writer.WriteString("operation"u8, "message-model"u8);
        writer.WriteString("ending"u8, "completed"u8);
        Copy(writer, "model"u8, answer.GetProperty("model"));
        Copy(writer, "text"u8, job.IsChat
            ? answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content")
            : answer.GetProperty("output")[0].GetProperty("content")[0].GetProperty("text"));
        Copy(writer, "usage"u8, answer.GetProperty("usage"));
        writer.WriteEndObject();
        writer.Flush();
        return ending.WrittenMemory;
    }

    static void Copy(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonElement value)
    {
        writer.WritePropertyName(name);
        value.WriteTo(writer);
    }

    sealed record Job(string Id, bool IsChat, ReadOnlyMemory<byte> Request);
}
