using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Delivery.Broker.Watching;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Broker;

/// <summary>A broker whose memory is full accepts no endings; meanwhile the worker is stopped.</summary>
[Collection(nameof(Restarts))]
public sealed class AlarmedStopSpecs(RestartedBroker broker) : IAsyncLifetime
{
    // The share of the server's memory; 0 raises the alarm at once.
    const string Nothing = "0";
    const string Default = "0.6";

    readonly string prefix = BrokerFixture.NewPrefix();
    readonly string folder = Path.Combine(Path.GetTempPath(), $"unsent-{Guid.NewGuid():N}");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await Allow(Default);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Jobs_in_hand_are_paid_once_and_told_by_the_next_start()
    {
        var (calls, mayAnswer) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var provider = await FileHost.Start(async http =>
        {
            Interlocked.Increment(ref calls);
            await mayAnswer.Task;
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(
                """{"status":"completed","output":[{"type":"message","content":"""
                    + """[{"type":"output_text","text":"Hi"}]}]}""");
        });
        string[] settings = [$"--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:{provider.Port}/v1",
            $"--Delivery:UnsentAnswers={folder}"];
        await using (var worker = await BrokerWorker.Start(broker, prefix, null, settings))
        {
            await using var sender = await AmqpClient.Open(broker, prefix);
            foreach (var number in Enumerable.Range(1, 4))
                await sender.Publish("message-model",
                    $$"""{"jobId":"paid-{{number}}","model":"m","messages":[{"text":"x"}]}""",
                    new() { Persistent = true });
            await Eventually.Is(() => Volatile.Read(ref calls) == 4);
            await Allow(Nothing);
            await Eventually.Is(() => worker.Services.GetRequiredService<BrokerAlarm>().IsOn);
            mayAnswer.SetResult();
        }
        Assert.Equal(4, Directory.GetFiles(folder).Length);
        await Allow(Default);

        await using var next = await BrokerWorker.Start(broker, prefix, null, settings);
        await using var client = await AmqpClient.Open(broker, prefix);

        foreach (var number in Enumerable.Range(1, 4))
            Assert.Equal("message-model.completed", (await client.Ending($"paid-{number}")).RoutingKey);
        Assert.Equal(4, calls);
    }

    Task Allow(string part) => broker.Control("set_vm_memory_high_watermark", part);
}
