using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Tests.Samples;

/// <summary>The lines of <c>docs/clients/dotnet.md</c>.</summary>
public sealed class PlainDotNetSpecs(WorkerScene scene, BrokerFixture broker)
    : IClassFixture<WorkerScene>, IClassFixture<BrokerFixture>
{
    [Fact]
    public async Task It_sends_a_record_and_reads_the_answer_as_one() =>
        Assert.Contains("tides", await Ask("m"), StringComparison.Ordinal);

    [Fact]
    public async Task It_reads_why_its_job_failed() =>
        Assert.Equal(FailureCodes.ModelNotFound, await Ask("m+status:404"));

    [Fact]
    public void The_page_says_the_same()
    {
        var page = Repository.Read("docs/clients/dotnet.md").Split("```csharp\n")[1].Split("```")[0];
        var source = Lines(Repository.Read("Worker.Tests/Samples/PlainDotNetSpecs.cs"));

        Assert.All(Lines(page), line => Assert.Contains(line, source));
    }

    async Task<string> Ask(string model)
    {
        _ = broker.Version; // Skips without a broker.
        var (address, jobs) = ($"{broker.Uri}", $"{scene.Prefix}.jobs");
        var factory = new ConnectionFactory { Uri = new(address) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(
            new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var replies = await channel.QueueDeclareAsync();
        var ended = new TaskCompletionSource<string>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            if (message.BasicProperties.Type == typeof(ModelMessaged).FullName)
                ended.TrySetResult(JsonSerializer.Deserialize(message.Body.Span,
                    ContractJson.Default.ModelMessaged)!.Text!);
            else if (message.BasicProperties.Type == typeof(OperationFailed).FullName)
                ended.TrySetResult(JsonSerializer.Deserialize(message.Body.Span,
                    ContractJson.Default.OperationFailed)!.Code!);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(replies.QueueName, autoAck: true, consumer);
        var job = new MessageModel
        {
            JobId = Guid.NewGuid().ToString(),
            Model = model,
            Messages = [new() { Text = "How do tides work?" }]
        };
        var properties = new BasicProperties
        {
            ReplyTo = replies.QueueName,
            ContentType = "application/json",
            Persistent = true
        };
        await channel.BasicPublishAsync(jobs, "message-model", mandatory: true, properties,
            JsonSerializer.SerializeToUtf8Bytes(job, ContractJson.Default.MessageModel));
        var answer = await ended.Task;
        return answer;
    }

    static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
