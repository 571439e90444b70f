using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenAIWorker.Contracts;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Upstream.Observing;

/// <summary>
/// Calls of models with the conventions' names since their move to a separate repository:
/// https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/non-normative/migration.md
/// </summary>
sealed class InferenceTelemetry
{
    const string Unknown = "unknown";
    const string Modality = "gen_ai.token.modality";

    readonly Histogram<double> duration;
    readonly Histogram<double> embeddingsDuration;
    readonly Histogram<long> inputs;
    readonly Histogram<long> outputs;
    readonly Histogram<long> embeddingsInputs;
    readonly Counter<long> input;
    readonly Counter<long> output;
    readonly Counter<long> cacheRead;
    readonly Counter<long> cacheWrite;
    readonly Counter<long> reasoning;

    public InferenceTelemetry(Meter meter, IReadOnlyList<long> tokens)
    {
        duration = Seconds("gen_ai.client.inference.duration",
            "One call of a model, including each poll of a response in the background");
        embeddingsDuration = Seconds("gen_ai.client.embeddings.duration", "One call for embeddings");
        inputs = Distribution("gen_ai.client.inference.operation.input_tokens", "Input tokens of one call of a model");
        outputs = Distribution("gen_ai.client.inference.operation.output_tokens",
            "Output tokens of one call of a model");
        embeddingsInputs = Distribution("gen_ai.client.embeddings.operation.input_tokens",
            "Input tokens of one call for embeddings");
        input = Count("input_tokens", "Input tokens of models, including cached ones");
        output = Count("output_tokens", "Output tokens of models, including reasoning");
        cacheRead = Count("cache_read.input_tokens", "Input tokens that came from the prompt cache");
        cacheWrite = Count("cache_write.input_tokens", "Input tokens that were written to the prompt cache");
        reasoning = Count("reasoning.output_tokens", "Output tokens spent on reasoning");

        Histogram<double> Seconds(string name, string what) =>
            meter.CreateHistogram<double>(name, "s", what,
                advice: new() { HistogramBucketBoundaries = WorkerMeter.Medium });
        Histogram<long> Distribution(string name, string what) =>
            meter.CreateHistogram<long>(name, "{token}", what, advice: new() { HistogramBucketBoundaries = tokens });
        Counter<long> Count(string name, string what) =>
            meter.CreateCounter<long>($"gen_ai.client.inference.usage.{name}", "{token}", what);
    }

    public bool IsWatched => duration.Enabled || inputs.Enabled || input.Enabled;

    public void Took(string operation, double seconds, in TagList tags)
    {
        if (IsInference(operation))
            duration.Record(seconds, tags);
        else if (IsEmbeddings(operation))
            embeddingsDuration.Record(seconds, tags);
    }

    public void Used(string operation, Usage usage, in TagList tags)
    {
        if (IsEmbeddings(operation))
            embeddingsInputs.Record(usage.InputTokens, tags);
        if (!IsInference(operation))
            return;
        inputs.Record(usage.InputTokens, tags);
        outputs.Record(usage.OutputTokens, tags);
        Split(input, usage.InputTokens, usage.InputTextTokens, usage.InputImageTokens, usage.InputAudioTokens, tags);
        Split(output, usage.OutputTokens, usage.OutputTextTokens, usage.OutputImageTokens, usage.OutputAudioTokens,
            tags);
        Add(cacheRead, usage.CachedTokens, Unknown, tags);
        Add(cacheWrite, usage.CacheWriteTokens, Unknown, tags);
        Add(reasoning, usage.ReasoningTokens, Unknown, tags);
    }

    static bool IsInference(string operation) => operation is "chat" or "generate_content";

    static bool IsEmbeddings(string operation) => operation is "embeddings";

    static void Split(Counter<long> counter, long all, long? text, long? image, long? audio, in TagList tags)
    {
        foreach (var (kind, tokens) in (ReadOnlySpan<(string, long?)>)[("text", text), ("image", image),
            ("audio", audio)])
        {
            if (tokens > 0)
                Add(counter, tokens.Value, kind, tags);
        }
        if (all - (text ?? 0) - (image ?? 0) - (audio ?? 0) is var rest
            && (rest > 0 || (text ?? image ?? audio) is null))
            Add(counter, rest, Unknown, tags);
    }

    static void Add(Counter<long> counter, long tokens, string modality, TagList tags)
    {
        tags.Add(Modality, modality);
        counter.Add(tokens, tags);
    }
}
