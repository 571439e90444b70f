using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using OpenAIWorker.Rig;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Bench.Throughput;

/// <summary>
/// What a worker could reach that does nothing but its work: RabbitMQ.Client, HttpClient, no framework. It keeps the
/// promise that counts, to acknowledge a job after its ending is confirmed, and no other: it knows one operation, no
/// limits, no retries, no claim checks.
/// </summary>
sealed class Ceiling(IChannel consuming, IChannel publishing, HttpClient http, string prefix)
{
    /// <summary>Runs until it is killed.</summary>
    public static async Task Run(string uri, string prefix, Uri baseUrl, ushort concurrency,
        CancellationToken cancellation)
    {
        await using var connection = await new ConnectionFactory { Uri = new(uri) }.CreateConnectionAsync(cancellation);
        await using var consuming = await connection.CreateChannelAsync(cancellationToken: cancellation);
        await using var publishing = await connection.CreateChannelAsync(
            new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true,
                outstandingPublisherConfirmationsRateLimiter: null), cancellation);
        using var http = new HttpClient
        {
            BaseAddress = new($"{baseUrl}/"),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", "any") }
        };
        await new Ceiling(consuming, publishing, http, prefix).Consume(concurrency, cancellation);
        await Task.Delay(Timeout.Infinite, cancellation);
    }

    async Task Consume(ushort concurrency, CancellationToken cancellation)
    {
        await consuming.BasicQosAsync(0, concurrency, global: false, cancellation);
        var consumer = new AsyncEventingBasicConsumer(consuming);
        consumer.ReceivedAsync += Take;
        await consuming.BasicConsumeAsync($"{prefix}.message-model", autoAck: false, consumer, cancellation);
    }

    // A delivery holds up no other one: the client's own way to that wakes all of its idle readers for each of them.
    Task Take(object sender, BasicDeliverEventArgs message)
    {
        var (job, deliveryTag) = (JsonElement.Parse(message.Body.Span), message.DeliveryTag);
        ThreadPool.UnsafeQueueUserWorkItem(state => _ = Work(job, deliveryTag), null);
        return Task.CompletedTask;
    }

    async Task Work(JsonElement job, ulong deliveryTag)
    {
        var answer = await Call(job);
        var properties = new BasicProperties
        {
            Persistent = true,
            MessageId = Guid.NewGuid().ToString(),
            ContentType = "application/json"
        };
        await publishing.BasicPublishAsync($"{prefix}.events", "message-model.completed", mandatory: false, properties,
            Ending(job, answer));
        await consuming.BasicAckAsync(deliveryTag, multiple: false);
    }

    async Task<JsonElement> Call(JsonElement job)
    {
        var request = new
        {
            model = job.GetProperty("model").GetString(),
            max_output_tokens = job.GetProperty("maxTokens").GetInt32(),
            input = new[] { new { role = "user",
                content = job.GetProperty("messages")[0].GetProperty("text").GetString() } },
        };
        using var message = new HttpRequestMessage(HttpMethod.Post,
            "responses")
        { Content = JsonContent.Create(request) };
        message.Headers.Add("X-Client-Request-Id", job.GetProperty("jobId").GetString());
        using var response = await http.SendAsync(message);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    static byte[] Ending(JsonElement job, JsonElement answer) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        jobId = job.GetProperty("jobId").GetString(),
        operation = "message-model",
        ending = "completed",
        model = answer.GetProperty("model").GetString(),
        text = answer.GetProperty("output")[0].GetProperty("content")[0].GetProperty("text").GetString(),
        usage = answer.GetProperty("usage"),
    });
}
