using System.Diagnostics.Metrics;
using System.Globalization;
using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Emulator.Limits;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Tests.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Telemetry;

public sealed class MetricsDocs
{
    [Fact]
    public async Task Every_metric_is_in_the_document_as_it_is()
    {
        var published = new List<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => Add(instrument) };
        listener.Start();

        await using var worker = await EmbeddedWorker.Start();
        await worker.Answer(new MessageModel { Model = "m", Messages = [new() { Text = "x" }] });

        Assert.Equal(
            MarkdownTable.In("ops/metrics.md").SelectMany(table => table.Rows).Select(row => $"{row[0]} {row[1]} {row[2]} {row[4]}").Order(StringComparer.Ordinal),
            published.Distinct().Order(StringComparer.Ordinal));

        void Add(Instrument instrument)
        {
            if (instrument.Meter.Name == WorkerMeter.Name)
            {
                lock (published)
                    published.Add($"{instrument.Name} {KindOf(instrument)} {instrument.Unit} {instrument.Description}");
            }
        }
    }

    [Fact]
    public async Task A_learnt_limit_and_its_use_can_be_seen()
    {
        await using var worker = await EmbeddedWorker.Start(
            new EmulatorOptions { Limits = new Dictionary<string, RateLimit> { ["limited"] = new() { RequestsPerMinute = 6_000 } } });
        using var listener = new MeterListener();
        var seen = new Dictionary<string, double>();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == WorkerMeter.Name)
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            if (Convert.ToString(tags[1].Value, CultureInfo.InvariantCulture) == "limited")
                seen[instrument.Name] = value;
        });
        listener.Start();

        await worker.Answer(new MessageModel { Model = "limited", Messages = [new() { Text = "x" }] });
        listener.RecordObservableInstruments();

        Assert.Equal(6_000, seen["openai_worker.limits.requests"]);
        Assert.Equal(0, seen["openai_worker.limits.tokens"]);
    }

    static string KindOf(Instrument instrument) => instrument switch
    {
        Counter<long> => "counter",
        Histogram<double> => "histogram",
        ObservableGauge<double> => "gauge",
        _ => throw new NotSupportedException($"{instrument} has no word yet."),
    };
}
