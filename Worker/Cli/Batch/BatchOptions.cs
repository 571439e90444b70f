using OpenAIWorker.Cli.Batch.Input;

namespace OpenAIWorker.Cli.Batch;

/// <summary>The options of the command line.</summary>
sealed record BatchOptions(string Input, string? Output)
{
    public LineDefaults Defaults { get; init; } = LineDefaults.None;

    /// <summary><c>csv</c> or <c>jsonl</c>; null: by the file's extension.</summary>
    public string? InputFormat { get; init; }

    /// <inheritdoc cref="InputFormat"/>
    public string? Format { get; init; }

    public bool Restart { get; init; }

    public bool RetryFailed { get; init; }

    public bool Resend { get; init; }

    public bool KeepOrder { get; init; }

    public bool Echo { get; init; }

    /// <summary>Whether to wait for a broker or provider that does not answer.</summary>
    public bool Wait { get; init; }

    public bool DryRun { get; init; }

    public bool NoProgress { get; init; }

    public int? Window { get; init; }

    /// <summary>The maximum number of lines.</summary>
    public int? Limit { get; init; }

    /// <summary>The maximum cost in US dollars.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>The file for the summary as JSON.</summary>
    public string? Summary { get; init; }

    public bool IsTableIn => IsTable(InputFormat, Input);

    public bool IsTableOut => IsTable(Format, Output ?? "");

    /// <summary>
    /// The maximum number of jobs that are sent and have not ended. In this process they take memory; a broker has more
    /// room.
    /// </summary>
    public int WindowFor(bool isEmbedded) => Window ?? (isEmbedded ? 1_024 : 10_000);

    static bool IsTable(string? format, string name) => format is null
        ? Path.GetExtension(name).ToUpperInvariant() is ".CSV" or ".TSV"
        : format == "csv";
}
