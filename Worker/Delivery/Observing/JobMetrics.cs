using System.Diagnostics.Metrics;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Observing;

/// <summary>Metrics of jobs: how many, how long they waited for what, and how they ended.</summary>
sealed class JobMetrics
{
    readonly Counter<long> ended;
    readonly Counter<long> delayed;
    readonly Counter<long> deadLetters;
    readonly Counter<long> headersIgnored;
    readonly Counter<long> eventsRefused;
    readonly Counter<long> answered;
    readonly UpDownCounter<long> active;
    readonly Histogram<double> age;
    readonly Histogram<double> queueWait;
    readonly Histogram<double> call;
    readonly Histogram<double> publish;
    readonly TimeProvider clock;

    public JobMetrics(WorkerMeter worker, TimeProvider clock)
    {
        this.clock = clock;
        var meter = worker.Meter;
        ended = meter.CreateCounter<long>("openai_worker.jobs", "{job}", "Jobs that ended");
        delayed = meter.CreateCounter<long>("openai_worker.jobs.delayed", "{wait}",
            "Waits in the broker: back-offs, rate limits, paused credentials, notBefore");
        deadLetters = meter.CreateCounter<long>("openai_worker.dead_letters", "{message}",
            "Messages that were moved to a dead-letter queue");
        headersIgnored = meter.CreateCounter<long>("openai_worker.headers.ignored", "{message}",
            "Messages with a worker's headers that no worker of this installation wrote");
        eventsRefused = meter.CreateCounter<long>("openai_worker.events.refused", "{event}",
            "Events that a subscriber's full queue refused");
        answered = meter.CreateCounter<long>("openai_worker.records.answered", "{job}",
            "Jobs that were delivered again after their ending, and were answered from their record without a call");
        active = meter.CreateUpDownCounter<long>("openai_worker.jobs.active", "{job}",
            "Jobs in progress on this worker, in a call or before it");
        age = Histogram("openai_worker.jobs.duration",
            "From a worker's first sight of a job to its ending, including waits", WorkerMeter.Long);
        queueWait = Histogram("openai_worker.queue.wait",
            "From the sending of a job to a worker's first sight of it, if the time of sending is known",
            WorkerMeter.Long);
        call = Histogram("openai_worker.call.duration",
            "One attempt: the provider's call and the work before and after it, such as payloads",
            WorkerMeter.Medium);
        publish = Histogram("openai_worker.publish.duration", "Until the broker has confirmed a job's ending or wait",
            WorkerMeter.Short);

        Histogram<double> Histogram(string name, string description, IReadOnlyList<double> buckets) =>
            meter.CreateHistogram<double>(name, "s", description,
                advice: new() { HistogramBucketBoundaries = buckets });
    }

    public void Began(string operation) => active.Add(1, Operation(operation));

    public void LetGo(string operation) => active.Add(-1, Operation(operation));

    /// <summary>The job was delivered for the first time.</summary>
    public void FirstSeen(string operation, TimeSpan waited) =>
        queueWait.Record(Math.Max(0, waited.TotalSeconds), Operation(operation));

    public void Called(string operation, Outcome outcome) =>
        call.Record(outcome.Duration.TotalSeconds, Operation(operation),
            new("code", outcome.Failure?.Code ?? Endings.Completed));

    public void Completed(Job job) => Ended(job.Operation, Endings.Completed, Endings.Completed, job.FirstSeen);

    /// <summary>The job had ended before.</summary>
    public void Answered(string operation) => answered.Add(1, Operation(operation));

    public void Failed(OperationFailed failed) =>
        Ended(failed.Operation, Endings.Failed, failed.Code, failed.FirstSeen);

    public void Delayed(string operation, string code) => delayed.Add(1, Operation(operation), new("code", code));

    /// <summary>A sender wrote headers that only workers write.</summary>
    public void HeadersIgnored(string operation) => headersIgnored.Add(1, Operation(operation));

    public void EventRefused(string exchange) =>
        eventsRefused.Add(1, new KeyValuePair<string, object?>("exchange", exchange));

    public void DeadLetter(OperationFailed failed) =>
        deadLetters.Add(1, Operation(failed.Operation), new("code", failed.Code));

    /// <summary>The broker has confirmed a message.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="message">The kind of message: an ending, a delay, a job that waits, a dead letter.</param>
    /// <param name="took">The duration.</param>
    public void Published(string operation, string message, TimeSpan took) =>
        publish.Record(took.TotalSeconds, Operation(operation), new("message", message));

    void Ended(string operation, string ending, string code, DateTimeOffset firstSeen)
    {
        ended.Add(1, Operation(operation), new("ending", ending), new("code", code));
        age.Record(Math.Max(0, (clock.GetUtcNow() - firstSeen).TotalSeconds), Operation(operation),
            new("ending", ending));
    }

    static KeyValuePair<string, object?> Operation(string name) => new("operation", name);
}
