namespace OpenAIWorker.Telemetry;

/// <summary>The section <c>Telemetry</c>: what is reported, and to whom.</summary>
sealed record TelemetryOptions
{
    /// <summary>
    /// Whether traces, metrics and logs are sent by OTLP. Empty: where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, or that of
    /// one signal, is set.
    /// </summary>
    public bool? Otlp { get; init; }
}
