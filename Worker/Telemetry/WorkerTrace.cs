using System.Diagnostics;

namespace OpenAIWorker.Telemetry;

/// <summary>
/// The one source of spans; <c>docs/telemetry.md</c> lists them. They carry codes and names, never the content of a job
/// or an answer.
/// </summary>
static class WorkerTrace
{
    public const string Name = "OpenAIWorker";

    /// <summary>Why a span's work failed, as OpenTelemetry names it.</summary>
    public const string ErrorType = "error.type";

    public static readonly ActivitySource Source = new(Name);

    /// <summary>The span that the running code is a part of, if it is one of the worker's.</summary>
    public static Activity? Current => Activity.Current is { Source.Name: Name } span ? span : null;

    /// <summary>The span's work failed. The code says why; a message could quote a prompt.</summary>
    public static void Fail(this Activity span, string code) =>
        span.SetStatus(ActivityStatusCode.Error).SetTag(ErrorType, code);
}
