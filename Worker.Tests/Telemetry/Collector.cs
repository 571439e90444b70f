using System.Collections.Concurrent;
using System.Text;
using OpenAIWorker.Tests.Payloads;

namespace OpenAIWorker.Tests.Telemetry;

/// <summary>Accepts OTLP from the exporters. Protocol Buffers store texts unchanged, so they can be searched.</summary>
sealed class Collector : IAsyncDisposable
{
    readonly ConcurrentQueue<(string Signal, string Text)> received = new();
    FileHost host = null!;

    public IReadOnlyList<string> Settings =>
        [$"--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:{host.Port}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"];

    public static async Task<Collector> Start()
    {
        var collector = new Collector();
        collector.host = await FileHost.Start(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            collector.received.Enqueue((http.Request.Path.Value!, Encoding.Latin1.GetString(body.ToArray())));
        });
        return collector;
    }

    /// <summary>Everything received as <c>traces</c>, <c>metrics</c> or <c>logs</c>.</summary>
    public string All(string signal) =>
        string.Concat(received.Where(body => body.Signal == $"/v1/{signal}").Select(body => body.Text));

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
