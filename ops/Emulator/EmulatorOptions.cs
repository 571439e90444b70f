using OpenAIWorker.Emulator.Limits;

namespace OpenAIWorker.Emulator;

/// <summary>How an <see cref="OpenAIEmulator"/> behaves. Every default fits tests.</summary>
public sealed record EmulatorOptions
{
    /// <summary>Where to listen. Default: a free port on 127.0.0.1.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>
    /// Limits by model; <c>*</c> is every model without its own. Default: none, every call is admitted.
    /// </summary>
    public IReadOnlyDictionary<string, RateLimit> Limits { get; init; } = new Dictionary<string, RateLimit>();

    /// <summary>How long every accepted call takes. Default 0.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.Zero;

    /// <summary>How long a background response takes. Default 2 s.</summary>
    public TimeSpan BackgroundTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The number of calls kept for inspection. Default 1,000; 0 keeps none, and is faster.</summary>
    public int KeptCalls { get; init; } = 1_000;

    /// <summary>How many responses are stored. Default 10,000.</summary>
    public int MaxStoredResponses { get; init; } = 10_000;

    /// <summary>
    /// Whether /v1/assistants and /v1/threads are served, as OpenAI did until 2026-08-26. Default: no, 404.
    /// </summary>
    public bool Assistants { get; init; }

    /// <summary>The longest request body. Default 32 MiB.</summary>
    public long MaxBodyBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>The models that /v1/models lists.</summary>
    public IReadOnlyList<string> Models { get; init; } =
        ["gpt-test", "gpt-6-luna", "gpt-image-2", "gpt-transcribe", "omni-moderation-latest", "text-embedding-3-small"];

    /// <summary>The random source of faults with a probability. Default: differs from run to run.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>The clock of limits, delays and timestamps.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
