using System.Diagnostics;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Upstream.Observing;

/// <summary>
/// The telemetry of one call: a span, its duration, and its usage. It contains no prompts or answers.
/// </summary>
sealed class CallSpan : IDisposable
{
    // The time ended, the job was cancelled, or the worker stops.
    const string Aborted = "aborted";

    readonly CallTelemetry telemetry;
    readonly CallNames names;
    readonly TimeProvider clock;
    readonly long began;
    readonly Activity? span;
    Usage? usage;
    string? model;
    string? error = Aborted;

    public CallSpan(CallTelemetry telemetry, CallNames names, TimeProvider clock)
    {
        (this.telemetry, this.names, this.clock, began) = (telemetry, names, clock, clock.GetTimestamp());
        if (!WorkerTrace.Source.HasListeners())
            return;
        span = WorkerTrace.Source.StartActivity(names.Span, ActivityKind.Client)?
            .SetTag("gen_ai.operation.name", names.Operation)
            .SetTag("gen_ai.provider.name", CallNames.Provider)
            .SetTag("gen_ai.request.model", names.Model)
            .SetTag("server.address", names.Server)
            .SetTag("server.port", names.Port);
    }

    /// <summary>An answer arrived that is not JSON, or whose JSON does not matter.</summary>
    public void Answered()
    {
        error = null;
        telemetry.Models.Confirm(names.Model);
    }

    /// <summary>An answer arrived.</summary>
    public void Answered(JsonElement body)
    {
        Answered();
        Used(body);
        telemetry.Models.Confirm(model);
        if (span is { IsAllDataRequested: true })
            Tell(span, body);
    }

    /// <summary>An answer arrived that is an error, but may be billed.</summary>
    public void Used(JsonElement body)
    {
        (usage, model) = (body.Usage(), body.Text("model"));
        // Running work reports its usage so far at every poll.
        if (usage is not null && body.Text("status") is not ("queued" or "in_progress" or "cancelling"))
            Attempt.Current?.Bill(new(usage, model, body.Text("service_tier")));
    }

    /// <summary>There is no usable answer. Returns the exception, to be thrown.</summary>
    public FailureException Failed(FailureException failed)
    {
        error = failed.Failure.Code;
        span?.SetTag("http.response.status_code", failed.Failure.Status);
        return failed;
    }

    public void Dispose()
    {
        if (error is not null)
            span?.Fail(error);
        Measure();
        span?.Dispose();
    }

    void Tell(Activity span, JsonElement body) => span
        .SetTag("gen_ai.response.id", body.Text("id"))
        .SetTag("gen_ai.response.model", model)
        .SetTag("gen_ai.response.finish_reasons", FinishReasons.Of(body))
        .SetTag("gen_ai.usage.input_tokens", usage?.InputTokens)
        .SetTag("gen_ai.usage.output_tokens", usage?.OutputTokens)
        .SetTag("gen_ai.usage.cache_read.input_tokens", usage?.CachedTokens)
        .SetTag("gen_ai.usage.cache_write.input_tokens", usage?.CacheWriteTokens)
        .SetTag("gen_ai.usage.reasoning.output_tokens", usage?.ReasoningTokens)
        .SetTag("openai.response.service_tier", body.Text("service_tier"));

    void Measure()
    {
        if (telemetry.Duration.Enabled)
        {
            var (took, tags) = (clock.GetElapsedTime(began).TotalSeconds,
                error is null ? Tags() : Tags(WorkerTrace.ErrorType, error));
            telemetry.Duration.Record(took, tags);
            telemetry.Inference.Took(names.Operation, took, tags);
        }
        if (usage is null || !telemetry.Tokens.Enabled)
            return;
        telemetry.Inference.Used(names.Operation, usage, Tags());
        telemetry.Tokens.Record(usage.InputTokens, Tags("gen_ai.token.type", "input"));
        telemetry.Tokens.Record(usage.OutputTokens, Tags("gen_ai.token.type", "output"));
    }

    TagList Tags(string? name = null, string? value = null)
    {
        var tags = new TagList
        {
            { "gen_ai.operation.name", names.Operation },
            { "gen_ai.provider.name", CallNames.Provider },
            { "gen_ai.request.model", telemetry.Models.Of(names.Model) },
            { "gen_ai.response.model", telemetry.Models.Of(model) },
            { "server.address", names.Server },
        };
        if (name is not null)
            tags.Add(name, value);
        return tags;
    }
}
