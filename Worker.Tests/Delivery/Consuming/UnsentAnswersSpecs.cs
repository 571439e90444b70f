using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Delivery.Filters;
using OpenAIWorker.Tests.Delivery.Transports;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Consuming;

/// <summary>A worker that stops while the broker does not accept its endings.</summary>
public sealed class UnsentAnswersSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>, IDisposable
{
    const string Job = """{"jobId":"paid","model":"m","messages":[{"text":"x"}]}""";

    readonly string prefix = broker.CommonPrefix();
    readonly string folder = Path.Combine(Path.GetTempPath(), $"unsent-{Guid.NewGuid():N}");

    string[] Settings => [$"--Delivery:UnsentAnswers={folder}"];

    [Fact]
    public async Task What_is_paid_for_is_told_by_the_next_start()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using (var before = await StoppedWithAnAnswer(emulator))
            await before.Publish("message-model", """{"jobId":"paid","model":"m","messages":[{"text":"another"}]}""");

        await using var next = await BrokerWorker.Start(broker, prefix, emulator, Settings);
        await using var client = await AmqpClient.Open(broker, prefix);

        var first = await client.Ending("paid");
        Assert.Equal(("message-model.completed", 1), (first.RoutingKey, first.Body.GetProperty("attempts").GetInt32()));
        // The second job has the same id and another body, so it gets its own call.
        await client.Event(_ => client.Events.Count(arrived => arrived.JobId == "paid") == 2);
        Assert.Equal(2, emulator.TimesBilled("paid"));
        await Eventually.Is(() => Directory.GetFiles(folder).Length == 0);
    }

    [Theory]
    [InlineData(4, "message-model.completed", null)]
    [InlineData(8, "message-model.failed", "poison")]
    public async Task It_is_told_after_any_number_of_returns_unless_it_may_be_what_crashes_the_worker(int deaths,
        string ending, string? code)
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var client = await StoppedWithAnAnswer(emulator);
        for (var times = 0; times < deaths; times++)
            await DyingConsumer.TakeAndDie(broker, $"{prefix}.message-model", refused: false);

        await using var next = await BrokerWorker.Start(broker, prefix, emulator,
            [.. Settings, "--Delivery:MaxDeliveries=3"]);

        var told = await client.Ending("paid");
        Assert.Equal((ending, code), (told.RoutingKey, told.Code));
        Assert.Equal(1, emulator.TimesBilled("paid"));
    }

    [Fact]
    public async Task What_was_answered_for_a_job_that_is_cancelled_is_kept_no_longer()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var client = await StoppedWithAnAnswer(emulator);
        await client.Publish("cancel-job", """{"jobId":"paid"}""");

        await using var next = await BrokerWorker.Start(broker, prefix, emulator, Settings);

        Assert.Equal("cancelled", (await client.Ending("paid")).Code);
        await Eventually.Is(() => Directory.GetFiles(folder).Length == 0);
    }

    [Fact]
    public async Task A_step_on_the_way_is_not_paid_again_either()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var client = await Stopped(emulator, Window.BeforeDelay,
            Job.Replace("\"model\"", "\"background\":true,\"model\"", StringComparison.Ordinal));
        Assert.Single(Directory.GetFiles(folder));

        await using var next = await BrokerWorker.Start(broker, prefix, emulator, Settings);

        Assert.Equal("message-model.completed", (await client.Ending("paid")).RoutingKey);
        Assert.Equal(1, Asked(emulator));
        await Eventually.Is(() => Directory.GetFiles(folder).Length == 0);
    }

    [Fact]
    public async Task Only_the_workers_user_may_read_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        await using var emulator = await OpenAIEmulator.Start();
        await using var client = await StoppedWithAnAnswer(emulator);

        var file = Assert.Single(Directory.GetFiles(folder));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite,
            OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_costs_a_call_and_no_more()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var client = await StoppedWithAnAnswer(emulator);
        await File.WriteAllTextAsync(Assert.Single(Directory.GetFiles(folder)), "{",
            TestContext.Current.CancellationToken);

        await using var next = await BrokerWorker.Start(broker, prefix, emulator, Settings);

        await client.Ending("paid");
        Assert.Equal(2, emulator.TimesBilled("paid"));
    }

    static int Asked(OpenAIEmulator emulator) => emulator.Calls.Count(call => call is { Job: "paid", Method: "POST" });

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    Task<AmqpClient> StoppedWithAnAnswer(OpenAIEmulator emulator) => Stopped(emulator, Window.BeforePublish, Job);

    async Task<AmqpClient> Stopped(OpenAIEmulator emulator, Window window, string job)
    {
        StoppingTransport? transport = null;
        var worker = await BrokerWorker.Start(broker, prefix, emulator, Settings,
            services => services.Replace(ServiceDescriptor.Singleton<ITransport>(all =>
            transport = new(ActivatorUtilities.CreateInstance<RabbitMqTransport>(all), window))));
        var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("message-model", job, new() { Persistent = true, MessageId = "paid" });
        await Eventually.Is(() => transport is { Reached.IsCompleted: true });
        await worker.DisposeAsync();
        Assert.Equal(1, Asked(emulator));
        return client;
    }
}
