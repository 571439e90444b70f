using System.Diagnostics;
using OpenAIWorker.Settings.Secrets;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace OpenAIWorker.Telemetry;

/// <summary>Masks the worker's own secrets in spans before they are exported.</summary>
sealed class MaskedSpans(OwnSecrets secrets) : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        foreach (var (name, value) in data.TagObjects)
            if (value is string text && secrets.Masked(text) is var masked && masked != text)
                data.SetTag(name, masked);
        if (data.StatusDescription is { } description)
            data.SetStatus(data.Status, secrets.Masked(description));
    }
}

/// <summary>The same for the log.</summary>
sealed class MaskedLogs(OwnSecrets secrets) : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        data.Body = data.Body is { } body ? secrets.Masked(body) : null;
        data.FormattedMessage = data.FormattedMessage is { } message ? secrets.Masked(message) : null;
        data.Attributes = data.Attributes?.Select(pair =>
            pair.Value is string text ? KeyValuePair.Create(pair.Key, (object?)secrets.Masked(text)) : pair).ToList();
        // Its message and stack trace are exported unchanged, and cannot be edited.
        if (data.Exception is { } thrown && thrown.ToString() is var words && secrets.Masked(words) != words)
            data.Exception = null;
    }
}
