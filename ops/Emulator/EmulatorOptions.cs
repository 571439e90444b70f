namespace OpenAIWorker.Emulator;

/// <summary>How an emulator behaves. Each is also an argument of the program: <c>--rpm 600</c>.</summary>
public sealed record EmulatorOptions
{
    /// <summary>Where it listens. Port 0: any free one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>Requests per minute of each key and model. Null: no limit.</summary>
    public int? Rpm { get; init; }

    /// <summary>Tokens per minute of each key and model. Null: no limit.</summary>
    public int? Tpm { get; init; }

    /// <summary>How many seconds' worth of a limit may be used at once. 60: a whole minute's.</summary>
    public double BurstSeconds { get; init; } = 60;

    /// <summary>Milliseconds that every answer takes.</summary>
    public int Latency { get; init; }

    /// <summary>How many received calls are kept, with their bodies, for <c>GET /_emulator/calls</c>.</summary>
    public int Keep { get; init; } = 1_000;

    /// <summary>Seed of chance, for faults with a probability. Null: another one each time.</summary>
    public int? Seed { get; init; }
}
