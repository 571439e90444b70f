using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Cli.Batch;

/// <summary>A line of the input.</summary>
/// <param name="Number">From 1.</param>
/// <param name="JobId">The line's own id, else the file's name and the number: the same in every run.</param>
/// <param name="Request">The job; null where the line is bad.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="Format">How it wants to be answered.</param>
sealed record JobLine(long Number, string JobId, JobRequest? Request, Failure? Problem, LineFormat Format);

/// <summary>The two kinds of lines, each answered in its own way.</summary>
enum LineFormat
{
    /// <summary><c>{"operation":"message-model", …}</c>, answered by the event as it is.</summary>
    Native,

    /// <summary><c>{"custom_id", "method", "url", "body"}</c>, answered as OpenAI's Batch API does.</summary>
    OpenAI,
}
