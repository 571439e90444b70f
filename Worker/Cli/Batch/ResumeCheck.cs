using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Cli.Batch.Output;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Batch;

/// <summary>
/// Checks before anything is sent whether the lines are still those that earlier runs answered or sent.
/// </summary>
static class ResumeCheck
{
    const int Named = 3;

    /// <returns>The number of lines, and how many of them have no ending.</returns>
    /// <exception cref="SettingsException">A line has changed since its answer was written.</exception>
    public static async Task<(long Total, long Open)> Run(JobSource source, int? limit, EarlierEndings earlier,
        SentState? sent, string output, CancellationToken cancellation)
    {
        if (earlier.Count == 0 && sent is not { Sent: > 0 })
        {
            var all = await source.Count(limit ?? long.MaxValue, cancellation);
            return (all, all);
        }
        var lines = source.Read(cancellation);
        return await Run(limit is { } most ? lines.Take(most) : lines, earlier, sent, output);
    }

    /// <summary>The same for all lines. Reads them to their end.</summary>
    public static async Task<(long Total, long Open)> Run(IAsyncEnumerable<JobLine> lines, EarlierEndings earlier,
        SentState? sent, string output)
    {
        // Only of answered lines, and of lines that can be changed ones: there may be millions of others.
        var (counts, answeredIds) = (new Dictionary<LineHash, int>(), earlier.Ids());
        var ids = new List<(UInt128 Id, long Line)>();
        string? file = null;
        var (total, content, isAsSent) = (0L, default(LineHash), sent is not { Sent: > 0 });
        await foreach (var line in lines)
        {
            total++;
            content = content.Then(line.Hash);
            if (line.Number == sent?.Sent)
                isAsSent = content.ToString() == sent.Content;
            var isAnswered = earlier.Has(line.Hash);
            if (isAnswered)
                counts[line.Hash] = counts.GetValueOrDefault(line.Hash) + 1;
            file ??= line.OwnId is null ? JobNames.FileOf(line.JobId, line.Hash) : null;
            if (line.OwnId is { } id && JobNames.Short(id) is var known && answeredIds.Contains(known)
                && !isAnswered)
                ids.Add((known, line.Number));
        }
        if (!isAsSent)
            throw new SettingsException(
                [
                    $"The lines are not those that were sent to the broker ({output}.sent): up to line {sent!.Sent} "
                        + "they must not change. Undo the change, name another output, or start again with "
                        + "--restart. Nothing was sent."]);
        // A line without an id is known only by its content. If none of many answers fits, the options have changed,
        // not the lines.
        if (file is not null && earlier.Nameless(file) is { Count: > 0 } answered && answered.Count <= total
            && !answered.Any(counts.ContainsKey))
            throw new SettingsException(
                [
                    $"None of the answers in {output} belongs to a current line: --prompt, --model, --set or similar "
                        + "options have changed, or all lines have. Name another output, or start again with "
                        + "--restart. Nothing was sent."]);
        var gone = earlier.IdsWithout(counts);
        var changed = ids.Where(line => gone.Contains(line.Id)).Select(line => line.Line).ToList();
        return changed.Count == 0
            ? (total, total - counts.Sum(line => Math.Min(line.Value, earlier.CountOf(line.Key))))
            : throw Changed(changed, output);
    }

    static SettingsException Changed(List<long> lines, string output)
    {
        var first = string.Join(", ", lines.Take(Named));
        var which = lines.Count == 1
            ? $"Line {first} has"
            : $"Lines {first}{(lines.Count > Named ? $" and {lines.Count - Named} more" : "")} have";
        return new(
            [
                $"{which} changed since the answer in {output} was written, or --prompt, --model, --set and the like "
                    + "have. Give a changed line a new id, name another output, or start again with --restart. "
                    + "Nothing was sent."]);
    }
}
