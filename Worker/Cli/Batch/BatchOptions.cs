using OpenAIWorker.Cli.Batch.Input;

namespace OpenAIWorker.Cli.Batch;

/// <summary>What the command line asked for.</summary>
sealed record BatchOptions(string Input, string? Output)
{
    public LineDefaults Defaults { get; init; } = LineDefaults.None;

    /// <summary><c>csv</c> or <c>jsonl</c>; null: by the name.</summary>
    public string? InputFormat { get; init; }

    /// <inheritdoc cref="InputFormat"/>
    public string? Format { get; init; }

    public bool Restart { get; init; }

    public bool RetryFailed { get; init; }

    public bool Resend { get; init; }

    public bool KeepOrder { get; init; }

    public bool Echo { get; init; }

    /// <summary>Whether to wait for what does not answer.</summary>
    public bool Wait { get; init; }

    public bool DryRun { get; init; }

    public bool NoProgress { get; init; }

    public int? Window { get; init; }

    /// <summary>Only so many lines.</summary>
    public int? Limit { get; init; }

    /// <summary>US dollars.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Where the summary goes as JSON.</summary>
    public string? Summary { get; init; }

    public bool IsTableIn => IsTable(InputFormat, Input);

    public bool IsTableOut => IsTable(Format, Output ?? "");

    /// <summary>Jobs sent and not ended, at most. In this process they take memory; a broker has more room.</summary>
    public int WindowFor(bool isEmbedded) => Window ?? (isEmbedded ? 1_024 : 10_000);

    static bool IsTable(string? format, string name) => format is null
        ? Path.GetExtension(name).ToUpperInvariant() is ".CSV" or ".TSV"
        : format == "csv";
}
