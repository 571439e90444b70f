namespace OpenAIWorker.Telemetry;

/// <summary>The section <c>Telemetry</c>: what is exported, and where.</summary>
sealed record TelemetryOptions
{
    /// <summary>
    /// Whether traces, metrics and logs are sent by OTLP. Empty: if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, or that of one
    /// signal, is set.
    /// </summary>
    public bool? Otlp { get; init; }
}
