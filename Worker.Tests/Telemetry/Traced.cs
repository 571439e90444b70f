using System.Collections.Concurrent;
using System.Diagnostics;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Tests.Telemetry;

/// <summary>
/// The worker's spans. It records all of them, including those of tests that run in parallel, so its own tests are one
/// collection.
/// </summary>
sealed class Traced : IDisposable
{
    readonly ConcurrentQueue<Activity> ended = new();
    readonly ActivityListener listener;

    public Traced()
    {
        listener = new()
        {
            ShouldListenTo = source => source.Name == WorkerTrace.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
    }

    public IReadOnlyList<Activity> All => [.. ended];

    public IReadOnlyList<Activity> Of(ActivityTraceId trace) =>
        [.. ended.Where(span => span.TraceId == trace).OrderBy(span => span.StartTimeUtc)];

    /// <summary>The trace as a tree: each span below its parent, one space further in.</summary>
    public string Tree(ActivityTraceId trace, ActivitySpanId root)
    {
        var spans = Of(trace);
        return string.Join('\n', Below(root, ""));

        IEnumerable<string> Below(ActivitySpanId parent, string indent) =>
            spans.Where(span => span.ParentSpanId == parent)
            .SelectMany(span => Below(span.SpanId, indent + " ").Prepend(indent + span.DisplayName));
    }

    public void Dispose() => listener.Dispose();
}
