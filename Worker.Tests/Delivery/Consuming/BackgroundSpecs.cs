using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Consuming;

/// <summary>Responses in the background: their jobs wait in the broker, whichever worker started them.</summary>
public sealed class BackgroundSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    const string Job = """{"jobId":"j","model":"m","messages":[{"text":"x"}],"background":true}""";

    readonly string prefix = broker.CommonPrefix();

    [Fact]
    public async Task A_worker_that_dies_leaves_the_response_to_the_next_and_it_is_paid_once()
    {
        await using var emulator = await OpenAIEmulator.Start(new() { BackgroundTime = TimeSpan.FromSeconds(4) });
        await using var client = await Begin(emulator);

        await using var second = await BrokerWorker.Start(broker, prefix, emulator);
        var ending = await client.Ending("j");

        Assert.Equal("message-model.completed", ending.RoutingKey);
        Assert.Equal(1, ending.Body.GetProperty("attempts").GetInt32());
        Assert.Equal(1, emulator.TimesBilled("j"));
        Assert.Single(emulator.Calls, call => call.Method == "POST");
    }

    [Fact]
    public async Task Subscribers_hear_once_that_it_takes_long()
    {
        await using var emulator = await OpenAIEmulator.Start(new() { BackgroundTime = TimeSpan.FromSeconds(4) });
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);

        await client.Publish("message-model", Job);
        await client.Ending("j");

        var delayed = Assert.Single(client.Events, arrived => arrived.RoutingKey == "message-model.delayed");
        Assert.Equal("background", delayed.Body.GetProperty("code").GetString());
        Assert.True(emulator.Calls.Count(call => call.Method == "GET") > 1, "It was asked after once only.");
    }

    [Fact]
    public async Task Cancelling_the_job_cancels_the_response()
    {
        await using var emulator = await OpenAIEmulator.Start(new() { BackgroundTime = TimeSpan.FromMinutes(5) });
        await using var client = await Begin(emulator, Job.Replace("\"j\"", "\"off\"", StringComparison.Ordinal));

        await client.Publish("cancel-job", """{"jobId":"off"}""");
        await using var second = await BrokerWorker.Start(broker, prefix, emulator);
        var ending = await client.Ending("off");

        Assert.Equal("cancelled", ending.Body.GetProperty("code").GetString());
        Assert.Single(emulator.Calls,
            call => call.Path.EndsWith("/cancel", StringComparison.Ordinal) && call.Status == 200);
    }

    [Fact]
    public async Task A_deadline_ends_the_job_and_the_response()
    {
        await using var emulator = await OpenAIEmulator.Start(new() { BackgroundTime = TimeSpan.FromMinutes(5) });
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);

        await client.Publish("message-model",
            Job.Replace("\"background\"",
                $"\"deadline\":\"{TimeProvider.System.GetUtcNow().AddSeconds(5):O}\",\"background\"",
                StringComparison.Ordinal));
        var ending = await client.Ending("j");

        Assert.Equal("deadline_exceeded", ending.Body.GetProperty("code").GetString());
        Assert.Contains(emulator.Calls,
            call => call.Path.EndsWith("/cancel", StringComparison.Ordinal) && call.Status == 200);
    }

    [Fact]
    public async Task A_question_that_finds_no_answer_is_asked_again_and_nothing_is_paid_twice()
    {
        await using var emulator = await OpenAIEmulator.Start(new() { BackgroundTime = TimeSpan.FromSeconds(2) });
        emulator.Faults.Replace([new("status:500#2", Endpoint: "/v1/responses/{id}")]);
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);

        await client.Publish("message-model", Job);
        var ending = await client.Ending("j");

        Assert.Equal(("message-model.completed", 1),
            (ending.RoutingKey, ending.Body.GetProperty("attempts").GetInt32()));
        Assert.Equal(1, emulator.TimesBilled("j"));
        Assert.Equal(2, emulator.Calls.Count(call => call.Status == 500));
    }

    // A worker begins the job and is then gone.
    async Task<AmqpClient> Begin(OpenAIEmulator emulator, string job = Job)
    {
        await using var first = await BrokerWorker.Start(broker, prefix, emulator);
        var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("message-model", job);
        await client.Event(arrived => arrived.RoutingKey == "message-model.delayed");
        return client;
    }
}
