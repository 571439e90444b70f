using System.Text.Json;
using System.Text.Json.Serialization;
using OpenAIWorker.Cli.Batch.Output;
using OpenAIWorker.Json;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Cli.Batch.Display;

/// <summary>The result of a batch, for a person and for a program.</summary>
/// <param name="Succeeded">Successful jobs of this run.</param>
/// <param name="Failed">Failed jobs and bad lines of this run.</param>
/// <param name="FailuresByCode">The failures by code.</param>
/// <param name="EndedBefore">Lines that ended in an earlier run.</param>
/// <param name="FailedBefore">Failed endings of earlier runs in the output.</param>
/// <param name="NotEnded">Lines without an ending; null if the input's length is not known.</param>
/// <param name="InputTokens">Input tokens of this run.</param>
/// <param name="OutputTokens">Output tokens of this run.</param>
/// <param name="CostUsd">Cost of this run, as far as prices are known.</param>
/// <param name="JobsWithoutPrice">Jobs whose price is not fully known.</param>
/// <param name="RateLimited">How often a job was told to wait for a rate limit (429).</param>
/// <param name="DuplicateIds">Lines whose id an earlier line also has.</param>
/// <param name="Seconds">The duration.</param>
/// <param name="Output">The file with the endings.</param>
/// <param name="ExitCode">The program's exit code.</param>
/// <param name="Stopped">Why it ended early; null if it did not.</param>
/// <param name="Examples">The first failure of each code, with its job.</param>
sealed record Summary(
    long Succeeded, long Failed, IReadOnlyDictionary<string, int> FailuresByCode, long EndedBefore, long FailedBefore,
    long? NotEnded, long InputTokens, long OutputTokens, decimal CostUsd,
    long JobsWithoutPrice, long RateLimited, long DuplicateIds, double Seconds, string Output, int ExitCode,
    string? Stopped, IReadOnlyDictionary<string, string> Examples)
{
    const int Explained = 3;
    const int LongestExample = 300;

    static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Whether the output is a file that another run can continue.</summary>
    [JsonIgnore]
    public bool IsKept { get; init; } = true;

    public static Summary Of(BatchCounts counts, long failedBefore, string output, int exitCode, string? stopped,
        long? total) => new(
        counts.Succeeded, counts.Failed, counts.Failures.OrderByDescending(code => code.Value).ToDictionary(),
        counts.Skipped, failedBefore,
        total is { } lines ? Math.Max(0, lines - counts.Done) : null, counts.InputTokens, counts.OutputTokens,
        counts.Cost, counts.WithoutPrice, counts.Throttled, counts.Duplicates,
        Math.Round(counts.Elapsed.TotalSeconds, 1), output, exitCode, stopped, counts.Examples);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public IEnumerable<string> Lines()
    {
        var codes = string.Join(", ", FailuresByCode.Select(code => $"{code.Key} {code.Value}"));
        yield return $"{Standing.Number(Succeeded)} succeeded, {Standing.Number(Failed)} "
            + $"failed{(codes.Length > 0 ? $" ({codes})" : "")}"
            + $"{(EndedBefore > 0 ? $", {Standing.Number(EndedBefore)} had an ending before" : "")}, in "
            + $"{Standing.Time(TimeSpan.FromSeconds(Seconds))}: {Place}";
        foreach (var (code, _) in FailuresByCode.Take(Explained))
            yield return PlainText.Line(
                Excerpt.Marked($"{code}, such as {Examples.GetValueOrDefault(code)}", LongestExample));
        if (InputTokens + OutputTokens > 0)
            yield return $"{Standing.Counted(InputTokens, "token")} in, {Standing.Number(OutputTokens)} out; {Cost}";
        if (RateLimited > 0)
            yield return $"Told to wait for a rate limit (429): {Times(RateLimited)}.";
        if (DuplicateIds > 0)
            yield return $"{Standing.Number(DuplicateIds)} lines have the same id as an earlier line; each has its own "
                + "ending.";
        if (Stopped is not null)
            yield return Stopped;
        if (NotEnded > 0)
            yield return $"{(NotEnded == 1 ? "1 line has" : $"{Standing.Number(NotEnded.Value)} lines have")} no "
                + "ending"
                + (IsKept ? $" yet; the same command continues with {(NotEnded == 1 ? "it" : "them")}." : ".");
        if (Failed + FailedBefore is > 0 and var failed)
        {
            var (ones, them) = failed == 1
                ? ("1 failed one is", "it")
                : ($"{Standing.Number(failed)} failed ones are", "them");
            yield return IsKept
                ? $"{ones} in {Place}; the same command with --retry-failed runs {them} again."
                : $"{ones} {(Output == OpenedOutput.Pipe ? "on" : "in")} {Place}.";
        }
    }

    string Cost => JobsWithoutPrice > 0
        ? $"{(CostUsd > 0 ? Amount + " and " : "")}the cost of {WithoutPrice} model has no price (Costs:Prices)"
        : Amount;

    string WithoutPrice => JobsWithoutPrice == 1
        ? "1 job is not known: its"
        : $"{Standing.Number(JobsWithoutPrice)} jobs is not known: their";

    string Place => Output == OpenedOutput.Pipe ? "standard output" : Output;

    static string Times(long times) => times == 1 ? "once" : $"{Standing.Number(times)} times";

    string Amount => $"{Standing.Dollars(CostUsd)} USD";
}
