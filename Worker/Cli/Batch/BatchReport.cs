using OpenAIWorker.Cli.Batch.Display;
using OpenAIWorker.Cli.Batch.Output;

namespace OpenAIWorker.Cli.Batch;

/// <summary>Reports the end of a batch: its summary and the exit code.</summary>
/// <param name="options">The options.</param>
/// <param name="counts">The numbers of this run.</param>
/// <param name="isEmbedded">Whether the jobs ran in this process.</param>
/// <param name="isKept">Whether the output is a file that another run can continue.</param>
sealed class BatchReport(BatchOptions options, BatchCounts counts, bool isEmbedded, bool isKept)
{
    /// <summary>Reports how the batch ended.</summary>
    /// <param name="failedBefore">Failed endings of earlier runs in the output.</param>
    /// <param name="isInterrupted">Whether a person stopped it.</param>
    /// <param name="stopped">Why it ended early; null if it did not.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> End(long failedBefore, bool isInterrupted, string? stopped)
    {
        var exitCode = isInterrupted ? ExitCodes.Interrupted
            : counts.Failed + failedBefore > 0 || stopped is not null ? ExitCodes.Failed
            : ExitCodes.Success;
        var summary = Summary.Of(counts, failedBefore, options.Output!, exitCode, Joined(stopped, WithBroker()),
            counts.Total) with
        { IsKept = isKept };
        foreach (var line in summary.Lines())
            Told.Error(line);
        if (options.Summary is "-")
            await Console.Out.WriteLineAsync(summary.ToJson());
        else if (options.Summary is { } file && !Write(file, summary.ToJson() + "\n") && exitCode == ExitCodes.Success)
            return ExitCodes.Failed;
        return exitCode;
    }

    public string Unwritable(Exception full) =>
        $"{(options.Output == OpenedOutput.Pipe ? "Standard output" : options.Output)} cannot be written: "
            + $"{full.Message.TrimEnd('.')}"
            + $".{(isKept ? " Its content is complete; the same command continues from there." : "")}";

    // A broker delivers them again.
    public string Lost(long unwritten) => isEmbedded && unwritten > 0
        ? $" {(unwritten == 1 ? "One answer" : $"{unwritten} answers")} that arrived could not be written."
        : "";

    public static string? Joined(params IEnumerable<string?> sentences) =>
        string.Join(' ', sentences.Where(sentence => sentence is not null)) is { Length: > 0 } joined ? joined : null;

    string? WithBroker()
    {
        if (isEmbedded || counts.Waiting == 0)
            return null;
        var (jobs, run, them) = counts.Waiting == 1
            ? ("1 job is", "continues", "it")
            : ($"{Standing.Number(counts.Waiting)} jobs are", "continue", "them");
        return $"{jobs} still with the broker and {run} there"
            + $"{(isKept ? $"; the same command collects {them}" : "")}.";
    }

    static bool Write(string file, string text)
    {
        try
        {
            File.WriteAllText(file, text);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Told.Error($"The summary cannot be written to {file}: {FileRefusal.Reason(refused)}.");
            return false;
        }
    }
}
