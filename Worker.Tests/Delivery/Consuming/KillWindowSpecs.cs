using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Delivery.Transports;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Consuming;

/// <summary>A worker that dies at the worst moments, and another one that takes over.</summary>
public sealed class KillWindowSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    const string Job = """{"jobId":"j","model":"m","messages":[{"text":"x"}]}""";
    const string FailsOnce = """{"jobId":"j","model":"m+status:500#1","messages":[{"text":"x"}]}""";

    readonly string prefix = broker.CommonPrefix();

    [Fact]
    public async Task Between_call_and_publish_the_job_is_called_again_and_ends_once()
    {
        await using var emulator = await OpenAIEmulator.Start();

        var endings = await StopAt(Window.BeforePublish, Job, emulator);

        Assert.Single(endings);
        Assert.Equal(2, emulator.TimesBilled("j"));
    }

    [Fact]
    public async Task Between_publish_and_ack_the_second_ending_is_a_copy_of_the_first()
    {
        await using var emulator = await OpenAIEmulator.Start();

        var endings = await StopAt(Window.BeforeAck, Job, emulator, expected: 2);

        Assert.Equal(2, endings.Count);
        Assert.Single(endings.Select(ending => ending.Properties.MessageId).Distinct());
    }

    [Fact]
    public async Task Between_ladder_and_ack_the_job_is_not_lost_and_has_no_two_different_endings()
    {
        await using var emulator = await OpenAIEmulator.Start();

        var endings = await StopAt(Window.AfterDelay, FailsOnce, emulator, expected: 2);

        Assert.All(endings, ending => Assert.Equal("message-model.completed", ending.RoutingKey));
        Assert.Single(endings.Select(ending => ending.Properties.MessageId).Distinct());
    }

    [Theory]
    [InlineData("Responses", "/v1/responses")]
    [InlineData("ChatCompletions", "/v1/chat/completions")]
    public async Task Between_call_and_publish_a_message_to_an_assistant_is_posted_and_paid_once(string api,
        string path)
    {
        await using var emulator = await OpenAIEmulator.Start();
        var folder = Directory.CreateTempSubdirectory("openai-worker-kill-");
        string[] settings = [$"--Storage:Path={Path.Combine(folder.FullName, "assistants.db")}",
            $"--OpenAI:Credentials:default:Api={api}"];
        await MakeAssistant(emulator, settings);

        var endings = await StopAt(Window.BeforePublish, """{"jobId":"j","assistantName":"Ada","prompt":"x"}""",
            emulator, operation: "message-assistant", settings: settings);

        Assert.Equal("message-assistant.completed", Assert.Single(endings).RoutingKey);
        Assert.Single(emulator.Calls, call => call.IsBilled && call.Path == path);
        folder.Delete(recursive: true);
    }

    async Task MakeAssistant(OpenAIEmulator emulator, string[] settings)
    {
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator, settings);
        await using var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("create-assistant", """{"jobId":"a","model":"m","name":"Ada"}""");
        await client.Ending("a");
    }

    async Task<IReadOnlyList<Arrived>> StopAt(
        Window window, string job, OpenAIEmulator emulator, int expected = 1, string operation = "message-model",
        IReadOnlyList<string>? settings = null)
    {
        // Like a kill: an orderly stop would save what is paid for.
        settings = [.. settings ?? [], $"--Delivery:UnsentAnswers={Path.Combine(WorkerProgram.Path, "nowhere")}"];
        var stopping = new StoppingPoint(window);
        await using var first = await BrokerWorker.Start(broker, prefix, emulator, settings, stopping.Use);
        await using var client = await AmqpClient.Open(broker, prefix);
        await client.Publish(operation, job);
        await stopping.Reached();
        await first.DisposeAsync();

        await using var second = await BrokerWorker.Start(broker, prefix, emulator, settings);
        await client.Event(_ => client.Endings("j").Count >= expected);
        return client.Endings("j");
    }
}
