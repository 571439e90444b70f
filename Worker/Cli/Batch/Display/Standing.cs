using System.Globalization;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Cli.Batch.Display;

/// <summary>The progress of a batch, in lines that fit a terminal.</summary>
static class Standing
{
    const int Figures = 26;
    const int ShortestBar = 10;
    const int LogLine = 160;
    const int LongestBar = 60;

    // A single call may take longer; but no ending of many jobs for this long deserves a hint.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The bar, the numbers, and why jobs wait.</summary>
    public static IEnumerable<string> Lines(BatchCounts counts, int attempts, int width)
    {
        yield return Fit(Bar(counts, width), width);
        yield return Fit(State(counts), width);
        if (Waits(counts, attempts, width) is { } waits)
            yield return Fit(waits, width);
        if (Absence(counts) is { } absence)
            yield return Fit(absence, width);
    }

    /// <summary>The same in one line, for a log.</summary>
    public static string Line(BatchCounts counts, int attempts) =>
        string.Join("  ", new[] { Share(counts), State(counts), Waits(counts, attempts, LogLine), Absence(counts) }
            .Where(part => part is not null));

    static string Bar(BatchCounts counts, int width)
    {
        if (counts.Total is not { } total)
            return Share(counts);
        var length = Math.Clamp(width - Figures - 2 * Number(total).Length, ShortestBar, LongestBar);
        var full = total == 0 ? length : (int)(length * Math.Min(counts.Done, total) / total);
        return $"{new string('━', full)}{new string('─', length - full)} {Share(counts)}";
    }

    static string Share(BatchCounts counts) => counts.Total is { } total
        ? $"{(total == 0 ? 100 : 100 * counts.Done / total)}%  "
            + $"{Number(counts.Done)}/{Number(total)}{(TimeLeft(counts, total) is { } left ? $"  {left} left" : "")}"
        : $"{Number(counts.Done)} done";

    static string State(BatchCounts counts) => string.Join("  ", new[]
    {
        $"{Number(counts.Succeeded)} done", $"{Number(counts.Failed)} failed", Running(counts), Rate(counts),
            Tokens(counts), Cost(counts),
    }.Where(part => part.Length > 0));

    /// <summary>
    /// The most frequent reason of the jobs that wait: <c>12 waiting: unreachable (connection refused), attempt 3 of
    /// 5</c>. Null: none waits.
    /// </summary>
    public static string? Waits(BatchCounts counts, int attempts, int width)
    {
        var delayed = counts.Delayed;
        if (delayed.Count == 0)
            return null;
        var reason = delayed.GroupBy(wait => wait.Code).MaxBy(group => group.Count())!.MaxBy(wait => wait.Attempts)!;
        if (reason.Code == WaitCodes.CredentialPaused)
            return $"{Number(delayed.Count)} waiting: the workers have paused their credential; 'worker limits list' "
                + "tells more";
        var attempt = reason.Attempts > 0 ? $", attempt {reason.Attempts + 1} of {attempts}" : "";
        var (before, after) = ($"{Number(delayed.Count)} waiting: {reason.Code} (",
            $"){attempt}, next in {Time(delayed.Min(wait => wait.Until) - counts.Now)}");
        return before + Says(reason, width - before.Length - after.Length - 2) + after;
    }

    /// <summary>Says that the broker, or the workers behind it, do not answer. Null: they do.</summary>
    public static string? Absence(BatchCounts counts) => true switch
    {
        _ when counts.BrokerAway() is { } reason => $"waiting for the broker: {PlainText.Line(reason.TrimEnd('.'))}",
        _ when counts.Silence > Patience && counts.Delayed.Count == 0 =>
            $"no news for {Time(counts.Silence)}: is a worker running on this broker?",
        _ => null,
    };

    // The last clause has the details; the text before it repeats the code.
    static string Says(OperationDelayed wait, int most)
    {
        var clause = wait.Message.Split(": ", 2) is [_, var reason] ? reason : wait.Message;
        return PlainText.Line(Excerpt.Marked(clause.TrimEnd('.'), Math.Max(ShortestBar, most)));
    }

    // In this process a job that waits for its turn does not run yet.
    static string Running(BatchCounts counts) =>
        $"{Number(counts.Calls?.Invoke() ?? Math.Max(0, counts.Waiting - counts.Delayed.Count))} running";

    static string Rate(BatchCounts counts) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{counts.Ended / Math.Max(0.001, counts.Elapsed.TotalSeconds):0.#}/s");

    // The last job cannot end before its wait does.
    static string? TimeLeft(BatchCounts counts, long total)
    {
        if (counts.Ended == 0 || counts.Done >= total)
            return null;
        var expected = counts.Elapsed / counts.Ended * (total - counts.Done);
        var waits = counts.Delayed.Select(wait => wait.Until - counts.Now).DefaultIfEmpty().Max();
        return Time(expected > waits ? expected : waits);
    }

    static string Tokens(BatchCounts counts) =>
        counts.InputTokens + counts.OutputTokens == 0
            ? ""
            : $"{Short(counts.InputTokens)} in {Short(counts.OutputTokens)} out";

    static string Cost(BatchCounts counts) => counts.Cost > 0
        ? $"${Dollars(counts.Cost)}{(counts.WithoutPrice > 0 ? " and unpriced" : "")}"
        : counts.WithoutPrice > 0 ? "cost unknown" : "";

    // Rounded first: 59.7 s becomes a minute.
    public static string Time(TimeSpan time) => TimeSpan.FromSeconds(Math.Round(time.TotalSeconds)) switch
    {
        { TotalSeconds: < 0 } => "0 s",
        { TotalMinutes: < 1 } whole => $"{whole.TotalSeconds:0} s",
        { TotalHours: < 1 } whole => $"{whole:m\\:ss} min",
        var whole => $"{(int)whole.TotalHours}:{whole:mm} h",
    };

    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Counted(long count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    /// <summary>US dollars; small amounts with more digits.</summary>
    public static string Dollars(decimal amount) => amount.ToString(amount switch
    {
        >= 0.01m => "0.####",
        >= 0.0001m => "0.######",
        _ => "0.#########",
    }, CultureInfo.InvariantCulture);

    static string Short(long tokens) => tokens switch
    {
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{tokens / 1e6:0.0}M"),
        >= 10_000 => $"{tokens / 1_000}k",
        _ => Number(tokens),
    };

    static string Fit(string line, int width) => Excerpt.Marked(line, Math.Max(ShortestBar, width - 1)) is var cut
        && cut.Length < width ? cut : cut[..(width - 1)];
}
