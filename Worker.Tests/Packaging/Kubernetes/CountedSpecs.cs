using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Emulator;
using OpenAIWorker.Emulator.Limits;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Packaging.Kubernetes;

/// <summary>
/// What KEDA finds when it queries a real broker like its RabbitMQ scaler: one queue, by the management API.
/// </summary>
public sealed class CountedSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    const int Backlog = 30;

    static readonly EmulatorOptions Limited = new()
    {
        Limits = new Dictionary<string, RateLimit>
        {
            ["slow"] = new()
            {
                RequestsPerMinute = 60,
                Burst = TimeSpan.FromSeconds(1)
            }
        },
    };

    readonly string prefix = BrokerFixture.NewPrefix();

    [Fact]
    public async Task A_job_that_runs_is_counted_and_a_backlog_behind_a_limit_is_not()
    {
        await using var emulator = await OpenAIEmulator.Start(Limited);
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator, ["--Delivery:Concurrency=32"]);
        await using var client = await AmqpClient.Open(broker, prefix);
        using var management = Management();
        var lane = worker.Services.GetRequiredService<QueueNames>().Lane("message-model", "default", "slow", "");

        await client.Publish("message-model", """{"jobId":"runs","model":"m+hang#1","messages":[{"text":"x"}]}""");
        for (var number = 0; number < Backlog; number++)
            await client.Publish("message-model",
                $$"""{"jobId":"slow-{{number}}","model":"slow","messages":[{"text":"x"}]}""");

        await Eventually.Is(async () =>
            (await Counted(management, $"{prefix}.message-model"), await Counted(management, lane)) is (1, > 0),
            "That the job which runs is counted alone, with a backlog in its lane");
        // By amqp it would not even find that one.
        Assert.Equal(0u, await client.Channel.MessageCountAsync($"{prefix}.message-model",
            TestContext.Current.CancellationToken));
        Assert.Equal(1, emulator.TimesBilled("runs"));
    }

    HttpClient Management()
    {
        var user = Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(broker.Management.UserInfo)));
        return new()
        {
            BaseAddress = broker.Management,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", user) }
        };
    }

    // The broker counts every 5 s. A queue that it has not counted yet has no number.
    async Task<int?> Counted(HttpClient management, string queue)
    {
        using var answer = await management.GetAsync(new Uri($"/api/queues/{VirtualHost}/{queue}", UriKind.Relative),
            TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode
            ? (int?)(await answer.Content.ReadFromJsonAsync<JsonNode>(
                TestContext.Current.CancellationToken))!["messages"]
            : null;
    }

    string VirtualHost => broker.Uri.AbsolutePath.Trim('/') is { Length: > 0 } named ? named : "%2F";
}
