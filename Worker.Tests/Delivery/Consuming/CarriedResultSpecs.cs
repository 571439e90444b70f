using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Seals;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Delivery.Filters;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery.Consuming;

/// <summary>A job that waits with its paid result in its headers, because a store was unavailable.</summary>
public sealed class CarriedResultSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>, IDisposable
{
    const string Body = """{"jobId":"paid","assistantName":"Desk","prompt":"x"}""";

    readonly string prefix = broker.CommonPrefix();
    readonly string database = Path.Combine(Path.GetTempPath(), $"carried-{Guid.NewGuid():N}.db");

    [Theory]
    [InlineData(true, "message-assistant.completed", null)]
    [InlineData(false, "message-assistant.failed", "poison")]
    public async Task It_ends_with_that_result_after_any_number_of_returns_if_a_worker_wrote_it(bool isSealed,
        string ending, string? code)
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var client = await Waiting(emulator, isSealed);
        for (var times = 0; times < 4; times++)
            await DyingConsumer.TakeAndDie(broker, $"{prefix}.message-assistant", refused: false);
        var before = emulator.Calls.Count;

        await using var worker = await BrokerWorker.Start(broker, prefix, emulator,
            [$"--Storage:Path={database}", "--Delivery:MaxDeliveries=3"]);
        var told = await client.Ending("paid");

        Assert.Equal((ending, code), (told.RoutingKey, told.Code));
        Assert.Equal(isSealed ? "It is paid." : null,
            told.Body.TryGetProperty("text", out var text) ? text.GetString() : null);
        Assert.Equal(before, emulator.Calls.Count);
    }

    public void Dispose() => File.Delete(database);

    async Task<AmqpClient> Waiting(OpenAIEmulator emulator, bool isSealed)
    {
        var worker = await BrokerWorker.Start(broker, prefix, emulator, [$"--Storage:Path={database}"]);
        var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("create-assistant", """{"jobId":"desk","model":"m","name":"Desk"}""");
        await client.Ending("desk");
        var answered = JsonSerializer.SerializeToElement(new AssistantMessaged { Text = "It is paid." },
            ContractJson.Default.AssistantMessaged);
        var written = new JobHeaders(0, 1, TimeProvider.System.GetUtcNow(), null, new() { Answered = answered }).Write()
            .ToList();
        var headers = isSealed ? worker.Services.GetRequiredService<HeaderSeal>()
            .Sealed(written, new("message-assistant", "paid", Encoding.UTF8.GetBytes(Body))) : written;
        await worker.DisposeAsync();
        await client.Publish("message-assistant", Body,
            new() { Persistent = true, MessageId = "paid", Headers = headers.ToDictionary() });
        return client;
    }
}
