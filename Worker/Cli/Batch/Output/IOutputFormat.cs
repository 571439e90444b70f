using OpenAIWorker.Cli.Batch.Input;

namespace OpenAIWorker.Cli.Batch.Output;

/// <summary>How endings are written, and found again.</summary>
interface IOutputFormat
{
    bool IsTable { get; }

    /// <summary>What stands before the first ending; empty where nothing does.</summary>
    ReadOnlyMemory<byte> Head { get; }

    /// <summary>What a record begins with: something else is no output of a batch.</summary>
    ReadOnlySpan<byte> Beginning { get; }

    /// <summary>An ending as a record, its end included.</summary>
    ReadOnlyMemory<byte> Record(JobLine line, JobEnding ending);

    /// <summary>The ending in a record; null where it is none.</summary>
    EarlierEnding? Read(ReadOnlyMemory<byte> record);
}

/// <summary>An ending that an earlier run wrote.</summary>
/// <param name="Hash">The line that it ends.</param>
/// <param name="Id">The id under which it was answered.</param>
/// <param name="Line">That line's number then.</param>
/// <param name="IsFailed">Whether it failed.</param>
/// <param name="Cost">What it cost; null where that is not known.</param>
sealed record EarlierEnding(LineHash Hash, string Id, long Line, bool IsFailed, decimal? Cost);
