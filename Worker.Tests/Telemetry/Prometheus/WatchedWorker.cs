using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Emulator;
using OpenAIWorker.Emulator.Limits;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace OpenAIWorker.Tests.Telemetry.Prometheus;

/// <summary>
/// A worker on the real broker with jobs of all kinds, in two waves, while a Prometheus scraped it and its broker.
/// </summary>
public sealed class WatchedWorker(SharedBroker shared) : IAsyncLifetime
{
    const string Runtime = "System.Runtime";

    // One job for each kind of ending and wait, by its model and its credential.
    static readonly IReadOnlyList<(string Model, string Credential)> Jobs =
    [
        ("m", "default"), ("unpriced", "default"), ("m+status:429#1", "default"), ("m+status:400", "default"),
        .. Enumerable.Repeat(("slow", "default"), 8),
    ];

    readonly BrokerFixture broker = new(shared);
    readonly List<IAsyncDisposable> parts = [];

    public string Prefix { get; } = BrokerFixture.NewPrefix();

    internal PrometheusServer Prometheus
    {
        get =>
        field ?? throw new InvalidOperationException($"There is no broker, not even at {broker.Uri}."); private set;
    }

    /// <summary>Whether Prometheus has the broker's own metrics.</summary>
    public bool SeesBroker => broker.Metrics is not null;

    public async ValueTask InitializeAsync()
    {
        await broker.InitializeAsync();
        if (!broker.IsThere || !IsInstalled)
            return;
        var emulator = Part(await OpenAIEmulator.Start(new EmulatorOptions
        {
            Limits = new Dictionary<string, RateLimit>
            {
                ["slow"] = new()
                {
                    RequestsPerMinute = 120,
                    TokensPerMinute = 100_000,
                    Burst = TimeSpan.FromSeconds(1)
                }
            },
        }));
        var worker = Part(await BrokerWorker.Start(broker, Prefix, emulator, Settings(emulator)));
        var client = Part(await AmqpClient.Open(broker, Prefix));
        Prometheus = Part(await PrometheusServer.Start([Export(worker.Services.GetRequiredService<WorkerMeter>().Meter),
            .. broker.Metrics is { } metrics ? [new Uri(metrics, "/metrics/detailed")] : Array.Empty<Uri>()]));
        await Wave(client, 1);
        await Seen(1);
        await Wave(client, 2);
        await Seen(2);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(parts))
            await part.DisposeAsync();
    }

    static bool IsInstalled =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "prometheus")));

    static IReadOnlyList<string> Settings(OpenAIEmulator emulator) =>
    [
        "--Costs:Prices:one:Models=m", "--Costs:Prices:one:Input=1", "--Costs:Prices:one:Output=1",
        "--Limits:MaxHold=00:00:00", "--Delivery:ProbeInterval=00:00:01",
        $"--OpenAI:Credentials:refused:BaseUrl={emulator.BaseUrl}", "--OpenAI:Credentials:refused:ApiKey=sk-invalid",
    ];

    // Other tests have workers in this process, whose meters have the same names.
    Uri Export(Meter meter)
    {
        var port = FreePort.Next();
        parts.Add(new Meters(Sdk.CreateMeterProviderBuilder().AddMeter(WorkerMeter.Name, Runtime)
            .AddView(instrument =>
                instrument.Meter == meter || instrument.Meter.Name == Runtime ? null : MetricStreamConfiguration.Drop)
            .AddPrometheusHttpListener(listener => (listener.Host, listener.Port) = ("127.0.0.1", port)).Build()));
        return new($"http://127.0.0.1:{port}/metrics");
    }

    static async Task Wave(AmqpClient client, int wave)
    {
        await client.Publish("message-model",
            $$"""{"jobId":"refused-{{wave}}","model":"m","messages":[{"text":"x"}],"credential":"refused"}""",
            SentNow());
        foreach (var (index, job) in Jobs.Index())
            await client.Publish("message-model",
                $$"""{"jobId":"{{wave}}-{{index}}","model":"{{job.Model}}","messages":[{"text":"x"}]}""", SentNow());
        foreach (var index in Enumerable.Range(0, Jobs.Count))
            await client.Ending($"{wave}-{index}");
    }

    // A job of the second wave shows as an increase of the counter.
    Task Seen(int wave) => Eventually.Is(async () =>
        (await Prometheus.Query("""sum(openai_worker_jobs_total{operation="message-model",ending="completed"})"""))
            .Sum() >= wave * (Jobs.Count - 1));

    static RabbitMQ.Client.BasicProperties SentNow() => new()
    {
        Persistent = true,
        Headers = new Dictionary<string, object?>
        {
            ["timestamp_in_ms"] = TimeProvider.System.GetUtcNow()
            .ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)
        },
    };

    T Part<T>(T part) where T : IAsyncDisposable
    {
        parts.Add(part);
        return part;
    }

    sealed class Meters(MeterProvider provider) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            provider.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
