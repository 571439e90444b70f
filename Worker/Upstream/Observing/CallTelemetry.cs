using System.Diagnostics.Metrics;
using OpenAIWorker.Contracts;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Upstream.Observing;

/// <summary>
/// Calls in the terms of OpenTelemetry's conventions for generative AI:
/// https://opentelemetry.io/docs/specs/semconv/gen-ai/
/// </summary>
sealed class CallTelemetry
{
    static readonly IReadOnlyList<long> TokenBuckets = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576,
        4194304, 16777216, 67108864];

    readonly Func<JobRequest, AskedFor> asks;
    readonly TimeProvider clock;

    public CallTelemetry(WorkerMeter worker, ModelNames models, Func<JobRequest, AskedFor> asks, TimeProvider clock)
    {
        (Models, this.asks, this.clock) = (models, asks, clock);
        Duration = worker.Meter.CreateHistogram<double>("gen_ai.client.operation.duration", "s",
            "One call of the provider, including each poll of a response in the background",
            advice: new() { HistogramBucketBoundaries = WorkerMeter.Medium });
        Inference = new(worker.Meter, TokenBuckets);
        Tokens = worker.Meter.CreateHistogram<long>("gen_ai.client.token.usage", "{token}",
            "Tokens of one call, by type input or output",
            advice: new() { HistogramBucketBoundaries = TokenBuckets });
    }

    public ModelNames Models { get; }

    /// <summary>The conventions' newer names. The older ones are recorded too, for one release.</summary>
    public InferenceTelemetry Inference { get; }

    public Histogram<double> Duration { get; }

    public Histogram<long> Tokens { get; }

    bool IsWatched => WorkerTrace.Source.HasListeners() || Duration.Enabled || Tokens.Enabled || Inference.IsWatched;

    /// <summary>A call begins. It ends when the returned object is disposed.</summary>
    public CallSpan Begin(JobRequest request, OpenAIEndpoint endpoint) =>
        new(this, IsWatched ? CallNames.Of(request, asks(request), endpoint) : default, clock);
}
