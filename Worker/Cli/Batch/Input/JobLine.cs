using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Jobs.Lines;

namespace OpenAIWorker.Cli.Batch.Input;

/// <summary>A line of the input.</summary>
/// <param name="Number">From 1; in a table, the row's number.</param>
/// <param name="Format">The format of its answer.</param>
/// <param name="Hash">The hash of its content.</param>
sealed record JobLine(long Number, LineFormat Format, LineHash Hash)
{
    /// <summary>The id that the line contains, which its answer repeats; null if it has none.</summary>
    public string? OwnId { get; init; }

    /// <summary>
    /// The job's id: the line's own id if it is valid and no earlier line has it, else an id made from the line's
    /// content. It is the same in every run.
    /// </summary>
    public string JobId { get; init; } = "";

    /// <summary>The job; null if the line is bad.</summary>
    public JobRequest? Request { get; init; }

    /// <summary>Why the line is bad.</summary>
    public Failure? Problem { get; init; }

    /// <summary>Whether an earlier line has the same id.</summary>
    public bool IsDuplicate { get; init; }

    /// <summary>Whether the line does not look like a job of any kind: the wrong file may have been named.</summary>
    public bool IsForeign { get; init; }

    /// <summary>The request as JSON, to be repeated in the output.</summary>
    public ReadOnlyMemory<byte> Text { get; init; }

    /// <summary>The cells of a table's row, which are copied to the output.</summary>
    public IReadOnlyList<string>? Cells { get; init; }

    /// <summary>The id that the line's answer repeats.</summary>
    public string AnsweredId => OwnId ?? JobId;
}
