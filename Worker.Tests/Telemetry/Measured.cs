using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Tests.Telemetry;

/// <summary>What the worker's meters measure. Tests run in parallel, so each looks only for its own models.</summary>
sealed class Measured : IDisposable
{
    readonly MeterListener listener = new();
    readonly ConcurrentQueue<Instrument> instruments = new();
    readonly ConcurrentQueue<Measurement> all = new();

    public Measured()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name != WorkerMeter.Name)
                return;
            instruments.Enqueue(instrument);
            listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
    }

    public IReadOnlyList<Instrument> Instruments => [.. instruments];

    public IReadOnlyList<Measurement> All => [.. all];

    /// <summary>Reads the gauges.</summary>
    public void Look() => listener.RecordObservableInstruments();

    public double Sum(string name, params IEnumerable<(string Tag, string Value)> tags) =>
        Of(name, tags).Sum(measurement => measurement.Value);

    public double Last(string name, string tag, string value) => Of(name, [(tag, value)]).Last().Value;

    public IEnumerable<Measurement> Of(string name, params IEnumerable<(string Tag, string Value)> tags) =>
        all.Where(measurement =>
            measurement.Name == name && tags.All(tag => measurement.Tags.GetValueOrDefault(tag.Tag) == tag.Value));

    public void Dispose() => listener.Dispose();

    void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var copy = new Dictionary<string, string>();
        foreach (var (name, tag) in tags)
            copy.Add(name, tag?.ToString() ?? "");
        all.Enqueue(new(instrument.Name, value, copy));
    }
}

/// <summary>One measurement.</summary>
sealed record Measurement(string Name, double Value, IReadOnlyDictionary<string, string> Tags);
