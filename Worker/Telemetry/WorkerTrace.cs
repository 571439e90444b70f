using System.Diagnostics;

namespace OpenAIWorker.Telemetry;

/// <summary>
/// The only source of spans; <c>docs/telemetry.md</c> lists them. They contain codes and names, never the content of a
/// job or an answer.
/// </summary>
static class WorkerTrace
{
    public const string Name = "OpenAIWorker";

    /// <summary>Why a span failed, as OpenTelemetry names it.</summary>
    public const string ErrorType = "error.type";

    public static readonly ActivitySource Source = new(Name);

    /// <summary>The worker's span of the running code, if there is one.</summary>
    public static Activity? Current => Activity.Current is { Source.Name: Name } span ? span : null;

    /// <summary>Marks the span as failed. The code gives the reason, because a message could quote a prompt.</summary>
    public static void Fail(this Activity span, string code) =>
        span.SetStatus(ActivityStatusCode.Error).SetTag(ErrorType, code);
}
