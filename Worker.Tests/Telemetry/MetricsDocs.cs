using System.Diagnostics.Metrics;
using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Emulator.Limits;
using OpenAIWorker.Tests.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Telemetry;

public sealed class MetricsDocs
{
    // The embedded transport has no dead letters, lanes, or subscribers' queues.
    static readonly string[] NeedsBroker = ["openai_worker.dead_letters", "openai_worker.events.refused",
        "openai_worker.headers.ignored"];

    static IEnumerable<IReadOnlyList<string>> Rows =>
        MarkdownTable.In("docs/telemetry.md").Where(table => table.Columns[0] == "Metric")
            .SelectMany(table => table.Rows);

    [Fact]
    public async Task Every_metric_is_in_the_document_as_it_is()
    {
        using var measured = new Measured();
        await using var worker = await Busy.Worker();

        Assert.Equal(
            Rows.Select(row => $"{row[0]} {row[1]} {row[2]} {row[4]}").Order(StringComparer.Ordinal),
            measured.Instruments.Select(instrument =>
                $"{instrument.Name} {KindOf(instrument)} {instrument.Unit} {instrument.Description}").Distinct()
                    .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_metric_has_the_tags_that_the_document_says()
    {
        using var measured = new Measured();
        await using var worker = await Busy.Worker();
        measured.Look();

        Assert.Equal(
            Rows.Where(row => !NeedsBroker.Contains(row[0]))
                .SelectMany(row => row[3].Split(", ").Select(tag => $"{row[0]} {tag}")).Order(StringComparer.Ordinal),
            measured.All.Where(measurement => !NeedsBroker.Contains(measurement.Name))
                .SelectMany(measurement =>
                    measurement.Tags.Keys.DefaultIfEmpty("").Select(tag => $"{measurement.Name} {tag}")).Distinct()
                        .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_learnt_limit_and_its_use_can_be_seen()
    {
        var limits = new Dictionary<string, RateLimit> { ["limited"] = new() { RequestsPerMinute = 6_000 } };
        await using var worker = await EmbeddedWorker.Start(new EmulatorOptions { Limits = limits });
        using var measured = new Measured();

        await worker.Answer(Busy.Ask("limited"));
        measured.Look();

        Assert.Equal(6_000, measured.Last("openai_worker.limits.requests", "group", "limited"));
        Assert.Equal(0, measured.Last("openai_worker.limits.tokens", "group", "limited"));
    }

    static string KindOf(Instrument instrument) => instrument switch
    {
        Counter<long> or Counter<double> => "counter",
        UpDownCounter<long> => "up-down counter",
        Histogram<double> or Histogram<long> => "histogram",
        ObservableGauge<double> => "gauge",
        _ => throw new NotSupportedException($"{instrument} has no word yet."),
    };
}
