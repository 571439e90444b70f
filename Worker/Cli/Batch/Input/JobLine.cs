using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Jobs.Lines;

namespace OpenAIWorker.Cli.Batch.Input;

/// <summary>A line of the input.</summary>
/// <param name="Number">From 1; of a table, the row's.</param>
/// <param name="Format">How it wants to be answered.</param>
/// <param name="Hash">Its content.</param>
sealed record JobLine(long Number, LineFormat Format, LineHash Hash)
{
    /// <summary>The id that the line gives itself, under which it is answered; null where it gives none.</summary>
    public string? OwnId { get; init; }

    /// <summary>
    /// The job's id: the line's own where no earlier line has it and it is one, else made of the line's content; the
    /// same in every run.
    /// </summary>
    public string JobId { get; init; } = "";

    /// <summary>The job; null where the line is bad.</summary>
    public JobRequest? Request { get; init; }

    /// <summary>What is wrong with it.</summary>
    public Failure? Problem { get; init; }

    /// <summary>Whether an earlier line has the same id.</summary>
    public bool IsDuplicate { get; init; }

    /// <summary>
    /// Whether nothing in it looks like a job of any kind: the file may be another one than was meant.
    /// </summary>
    public bool IsForeign { get; init; }

    /// <summary>The request as JSON, to be repeated in the output.</summary>
    public ReadOnlyMemory<byte> Text { get; init; }

    /// <summary>The cells of a table's row, which go on to the output.</summary>
    public IReadOnlyList<string>? Cells { get; init; }

    /// <summary>The id under which the line is answered.</summary>
    public string AnsweredId => OwnId ?? JobId;
}
