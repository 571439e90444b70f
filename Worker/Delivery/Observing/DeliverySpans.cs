using System.Diagnostics;
using System.Globalization;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Observing;

/// <summary>What spans record of a job.</summary>
static class DeliverySpans
{
    /// <summary>A job is sent to its queue, or a message about it elsewhere.</summary>
    public static Activity? Send(string destination, string operation, string system) =>
        !WorkerTrace.Source.HasListeners()
            ? null
            : WorkerTrace.Source.StartActivity($"send {destination}", ActivityKind.Producer)?.Messaging("send",
                destination, operation, system);

    /// <summary>The handling of a delivery begins.</summary>
    public static Activity? Begin(string queue, string operation, ActivityContext? parent, string system) =>
        WorkerTrace.Source.StartActivity($"process {queue}", ActivityKind.Consumer,
            parent ?? default)?.Messaging("process", queue, operation, system);

    /// <summary>The delivery's job is known.</summary>
    public static void Of(Job job, bool hasCredential) => WorkerTrace.Current?
        .SetTag("openai_worker.job.id", job.Id)
        .SetTag("openai_worker.attempt", job.Attempts)
        .SetTag("openai_worker.waits", job.Waits)
        .SetTag("openai_worker.credential", hasCredential ? job.Credential : null);

    /// <summary>The job waited for its turn.</summary>
    public static void Held(TimeSpan waited) =>
        WorkerTrace.Current?.SetTag("openai_worker.limits.hold", waited.TotalSeconds);

    /// <summary>The outcome of the delivery.</summary>
    public static void Outcome(string outcome, string? code = null)
    {
        if (WorkerTrace.Current is not { } span)
            return;
        span.SetTag("openai_worker.outcome", outcome);
        if (code is not null)
            span.Fail(code);
    }

    /// <summary>The job waits in the broker.</summary>
    public static void Waits(string code, DateTimeOffset until)
    {
        WorkerTrace.Current?.SetTag("openai_worker.wait.code", code)
            .SetTag("openai_worker.wait.until", until.ToString("O", CultureInfo.InvariantCulture));
        Outcome(JobEvent.Delayed);
    }

    static Activity Messaging(this Activity span, string type, string destination, string operation, string system) =>
        span
        .SetTag("messaging.system", system)
        .SetTag("messaging.operation.type", type)
        .SetTag("messaging.operation.name", type)
        .SetTag("messaging.destination.name", destination)
        .SetTag("openai_worker.operation", operation);
}
