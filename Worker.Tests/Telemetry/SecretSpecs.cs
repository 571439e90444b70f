using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;
using OpenAIWorker.Settings.Secrets;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Telemetry;

/// <summary>Secrets go through every path. All telemetry that leaves the process is searched for them.</summary>
public sealed class SecretSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    const string Secret = "zqSecretqz";

    static readonly string Base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret));

    readonly TalkativeProvider provider = new(Secret);
    readonly SecretJobs jobs = new(Secret);

    [Fact]
    public async Task Telemetry_of_a_worker_in_the_process_tells_no_secret()
    {
        await using var collector = await Collector.Start();
        await using var host = await provider.Start();
        await using (var worker = await EmbeddedWorker.Start([.. Settings(host, collector)]))
            await Task.WhenAll(jobs.Readable.Select(job =>
                worker.End((JobRequest)JsonSerializer.Deserialize(job.Body,
                    OperationCatalog.Named(job.Operation)!.Json)!)));

        NothingIsTold(collector);
    }

    [Fact]
    public async Task Telemetry_of_a_worker_on_a_broker_tells_no_secret()
    {
        var prefix = BrokerFixture.NewPrefix();
        await using var collector = await Collector.Start();
        await using var host = await provider.Start();
        await CatchUnknownKeys(prefix);
        await using (var worker = await BrokerWorker.Start(broker, prefix, null, Settings(host, collector)))
        {
            await using var client = await AmqpClient.Open(broker, prefix);
            foreach (var (operation, body) in jobs.Readable.Concat(
                jobs.Unreadable.Select((body, _) => ("message-model", body))).Append((Secret, "{}")))
                await client.Publish(operation, body, Properties());
            await client.Event(_ =>
                client.Events.Count(IsEnding) >= jobs.Readable.Count() + jobs.Unreadable.Count() + 1);
        }

        NothingIsTold(collector);
        Assert.Contains(".dead", collector.All("traces"), StringComparison.Ordinal);
        Assert.Contains("message-model.lane", collector.All("traces"), StringComparison.Ordinal);
    }

    // Like the broker's policy.
    async Task CatchUnknownKeys(string prefix)
    {
        await using var connection = await broker.Connect();
        await using var channel =
            await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        var arguments = new Dictionary<string, object?> { ["alternate-exchange"] = $"{prefix}.unknown" };
        await channel.ExchangeDeclareAsync($"{prefix}.jobs", ExchangeType.Direct, durable: true, arguments: arguments,
            cancellationToken: TestContext.Current.CancellationToken);
    }

    static BasicProperties Properties() => new()
    {
        Persistent = true,
        CorrelationId = Secret,
        Headers = new Dictionary<string, object?>
        {
            ["traceparent"] = Secret,
            ["tracestate"] = Secret,
            ["baggage"] = $"a={Secret}",
            ["MT-Activity-Id"] = Secret,
            [Secret] = Secret
        },
    };

    static bool IsEnding(Arrived arrived) =>
        arrived.RoutingKey.EndsWith(".completed", StringComparison.Ordinal)
            || arrived.RoutingKey.EndsWith(".failed", StringComparison.Ordinal);

    static string[] Settings(FileHost host, Collector collector) =>
    [
        string.Create(CultureInfo.InvariantCulture,
            $"--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:{host.Port}/{Secret}/v1"),
                $"--OpenAI:Credentials:default:ApiKey=sk-{Secret}",
        string.Create(CultureInfo.InvariantCulture,
            $"--OpenAI:Credentials:other:BaseUrl=http://127.0.0.1:{host.Port}/v1"),
                $"--OpenAI:Credentials:other:ApiKey=sk-{Secret}",
        "--Delivery:ProbeInterval=00:00:01", "--Limits:Tenant=customer", "--Limits:MaxHold=00:00:00",
        "--Limits:Groups:small:Models=narrow", "--Limits:Groups:small:RequestsPerMinute=240",
        .. collector.Settings, "--Logging:OpenTelemetry:LogLevel:Default=Trace",
        "--Logging:OpenTelemetry:LogLevel:MassTransit=Trace",
        "--Logging:OpenTelemetry:LogLevel:MassTransit.ReceiveTransport=Trace",
        "--Logging:Console:LogLevel:Default=None",
    ];

    void NothingIsTold(Collector collector)
    {
        // The provider received it, so it could have been logged.
        Assert.Contains(provider.Heard, heard => heard.Contains($"Bearer sk-{Secret}", StringComparison.Ordinal));
        Assert.Contains(provider.Heard,
            heard => heard.Contains($"\"instructions\":\"{Secret}\"", StringComparison.Ordinal));
        Assert.Contains("gen_ai.response.model", collector.All("traces"), StringComparison.Ordinal);
        Assert.Contains("openai_worker.cost.unknown", collector.All("metrics"), StringComparison.Ordinal);
        Assert.All(new[] { FailureCodes.InvalidRequest, FailureCodes.UnknownCredential, FailureCodes.ContentPolicy,
            FailureCodes.OutputNotJson, FailureCodes.DeadlineExceeded },
            code =>
                Assert.Contains($"message-model failed, attempt 1, {code}", collector.All("logs"),
                    StringComparison.Ordinal));
        foreach (var signal in new[] { "traces", "metrics", "logs" })
        {
            Assert.DoesNotContain(Secret, collector.All(signal), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Base64, collector.All(signal), StringComparison.Ordinal);
        }
    }
}
