using OpenAIWorker.Cli.Batch.Input;

namespace OpenAIWorker.Cli.Batch.Output;

/// <summary>Writes endings, and reads them again.</summary>
interface IOutputFormat
{
    bool IsTable { get; }

    /// <summary>The text before the first ending; may be empty.</summary>
    ReadOnlyMemory<byte> Head { get; }

    /// <summary>The first bytes of a record. A file that begins otherwise is not an output of a batch.</summary>
    ReadOnlySpan<byte> Beginning { get; }

    /// <summary>An ending as a record, with its line end.</summary>
    ReadOnlyMemory<byte> Record(JobLine line, JobEnding ending);

    /// <summary>The ending in a record; null if it has none.</summary>
    EarlierEnding? Read(ReadOnlyMemory<byte> record);
}

/// <summary>An ending that an earlier run wrote.</summary>
/// <param name="Hash">The line that ended.</param>
/// <param name="Id">The id in the answer.</param>
/// <param name="Line">The line's number in that run.</param>
/// <param name="IsFailed">Whether it failed.</param>
/// <param name="Cost">The cost; null if it is not known.</param>
sealed record EarlierEnding(LineHash Hash, string Id, long Line, bool IsFailed, decimal? Cost);
