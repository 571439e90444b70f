using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using Xunit.Sdk;

namespace OpenAIWorker.Tests.Telemetry.Prometheus;

/// <summary>
/// This machine's Prometheus in a temporary folder, with the rules of <c>ops/prometheus</c>. It scrapes its targets
/// each second.
/// </summary>
sealed class PrometheusServer : IAsyncDisposable
{
    const string Cure = "No Prometheus. Install it: apt-get install prometheus";

    readonly DirectoryInfo home;
    readonly Process process;
    readonly HttpClient http;

    PrometheusServer(DirectoryInfo home, Process process, int port)
    {
        (this.home, this.process) = (home, process);
        http = new() { BaseAddress = new($"http://127.0.0.1:{port}/api/v1/") };
    }

    /// <summary>Whether this machine has one. If it must have one and does not, that is a failure.</summary>
    public static void Needed() => ForeignProgram.Needs("prometheus", "ops/prometheus", Cure);

    /// <param name="targets">Addresses with metrics.</param>
    public static async Task<PrometheusServer> Start(params IReadOnlyList<Uri> targets)
    {
        var home = Directory.CreateTempSubdirectory("openai-worker-prometheus-");
        var (config, port) = (Path.Combine(home.FullName, "prometheus.yml"), FreePort.Next());
        await File.WriteAllTextAsync(config, Config(targets));
        var server = new PrometheusServer(home, Process.Start(new ProcessStartInfo("prometheus",
            [
                $"--config.file={config}", $"--storage.tsdb.path={home.FullName}",
                $"--web.listen-address=127.0.0.1:{port}",
            ])
        { RedirectStandardError = true })!, port);
        server.process.ErrorDataReceived += (_, _) => { };
        server.process.BeginErrorReadLine();
        await Eventually.Is(server.IsUp);
        return server;
    }

    /// <summary>The samples of an instant query, without those that are not numbers.</summary>
    public async Task<IReadOnlyList<double>> Query(string expression)
    {
        var answer = await Get($"query?query={Uri.EscapeDataString(expression)}");
        return
        [
            .. answer.GetProperty("result").EnumerateArray()
                .Select(sample => sample.GetProperty("value")[1].GetString()!)
                .Select(text => double.Parse(text, CultureInfo.InvariantCulture))
                .Where(value => !double.IsNaN(value)),
        ];
    }

    public async Task<JsonElement> Get(string path)
    {
        var answer = await http.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);
        return answer.GetProperty("data");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        home.Delete(recursive: true);
    }

    async Task<bool> IsUp()
    {
        Assert.False(process.HasExited, "prometheus ended at once.");
        try
        {
            return (await http.GetAsync("../../-/ready", TestContext.Current.CancellationToken)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    static string Config(IEnumerable<Uri> targets) =>
        $$"""
        global: { scrape_interval: 1s, evaluation_interval: 1s }
        rule_files: [ '{{Repository.PathOf("ops/prometheus/rules.yml")}}', '{{Repository.PathOf("ops/prometheus/alerts.yml")}}' ]
        scrape_configs:
        {{string.Concat(targets.Select(Target))}}
        """;

    // A collector and Prometheus's own OTLP receiver call a gauge of unit 1 a ratio; the exporter of these tests does
    // not.
    static string Target(Uri target, int index) =>
        $$"""
          - job_name: target-{{index}}
            metrics_path: {{target.AbsolutePath}}
            params: { family: [queue_coarse_metrics, queue_consumer_count] }
            static_configs: [ { targets: [ '{{target.Authority}}' ] } ]
            metric_relabel_configs:
            - { source_labels: [__name__], regex: (openai_worker_limits_utilization), target_label: __name__, replacement: '${1}_ratio' }

        """;
}
