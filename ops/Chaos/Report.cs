using OpenAIWorker.Emulator.Billing;
using OpenAIWorker.Rig;
using Spectre.Console;

namespace OpenAIWorker.Chaos;

/// <summary>The result, counted from outside: by the subscriber, the bill, and the dead-letter queues.</summary>
sealed class Report(
    ChaosOptions options, DateTimeOffset start, IReadOnlyList<Ending> endings, IReadOnlyList<ReceivedCall> billed,
    IReadOnlyList<Disturbance> disturbances, IReadOnlyList<string> letters,
    IReadOnlyDictionary<string, DateTimeOffset>? committed)
{
    const int WidthInAFile = 120;

    readonly ILookup<string, Ending> byJob = endings.ToLookup(ending => ending.Job);
    readonly IReadOnlyList<Repeat> paidAgain = [.. Repeat.In(billed, disturbances, options.CallTimeout, committed)];

    public bool IsGood => Missing.Count == 0 && Different.Count == 0 && Unlettered.Count == 0
        && (committed is null || Outside == 0 && Unrecorded.Count == 0);

    // With records, a call is made twice only if its answer was lost.
    int Outside => paidAgain.Count(again => again.Cause is RepeatCause.DeliveryLost or RepeatCause.Other);

    IReadOnlyList<string> Unrecorded => [.. byJob.Select(job => job.Key).Except(committed?.Keys ?? [])];

    IReadOnlyList<string> Missing =>
        [.. Enumerable.Range(0, options.Jobs).Select(Jobs.Name).Where(job => !byJob.Contains(job))];

    IReadOnlyList<string> Different =>
        [.. byJob.Where(job => job.DistinctBy(ending => ending.MessageId).Count() > 1).Select(job => job.Key)];

    IReadOnlyList<string> Failed => [.. byJob.Where(job => job.Any(ending => ending.IsFailed)).Select(job => job.Key)];

    // Every failure keeps its message as a dead letter.
    IReadOnlyList<string> Unlettered => [.. Failed.Except(letters)];

    IEnumerable<Ending> Copies =>
        byJob.SelectMany(job =>
            job.GroupBy(ending => ending.MessageId).SelectMany(same => same.OrderBy(ending => ending.At).Skip(1)));

    public void Write()
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WidthInAFile;
        Numbers();
        AnsiConsole.Write(Table());
        var outside = committed is null ? [] : paidAgain
            .Where(again => again.Cause is RepeatCause.DeliveryLost or RepeatCause.Other).Select(again => again.Job);
        foreach (var job in Missing.Concat(Different).Concat(outside).Take(10))
            Console.WriteLine(
                $"{job}: {string.Join(", ", byJob[job].Select(ending => ending.What).DefaultIfEmpty("no ending"))}");
    }

    void Numbers()
    {
        var seconds = (endings.Select(ending => ending.At).DefaultIfEmpty(start).Max() - start).TotalSeconds;
        foreach (var (what, count) in new (string, string)[]
        {
            ("jobs", $"{options.Jobs}, in {seconds:0} s"),
            ("endings", $"{byJob.Count}, of them {Failed.Count} failed ({Jobs.RefusedOf(options.Jobs)} were made to)"),
            ("jobs without ending", $"{Missing.Count}"),
            ("jobs with two different endings", $"{Different.Count}"),
            ("repeated endings", $"{Copies.Count()}, all with the message id of the first"),
            ("failed jobs without dead letter", $"{Unlettered.Count}"),
            ("dead letters kept twice", $"{letters.Count - letters.Distinct().Count()}"),
            ("calls billed", $"{billed.Count}"),
            ("jobs billed twice", $"{paidAgain.Select(again => again.Job).Distinct().Count()}"),
            ("- killed during the call", Count(RepeatCause.KilledDuringTheCall)),
            ("- never answered", Count(RepeatCause.NeverAnswered)),
            (committed is null ? "- answered and not acknowledged" : "- answered and not committed",
                Count(RepeatCause.AnswerLost)),
            ("- delivery lost", Count(RepeatCause.DeliveryLost)),
            ("- for another reason", Count(RepeatCause.Other)),
        }.Concat(committed is null ? [] : [("endings not in the records", $"{Unrecorded.Count}")]))
            Console.WriteLine($"{what,-32} {count}");
    }

    string Count(RepeatCause cause) => $"{paidAgain.Count(again => again.Cause == cause)}";

    Table Table()
    {
        var table = new Table().AddColumns("second", "disturbance", "calls billed twice",
            "repeated endings until the next");
        foreach (var (index, disturbance) in disturbances.Index())
        {
            var until = index + 1 < disturbances.Count ? disturbances[index + 1].At : DateTimeOffset.MaxValue;
            table.AddRow(
                $"{(disturbance.At - start).TotalSeconds:0}", disturbance.What,
                $"{paidAgain.Count(again => again.Disturbance == disturbance)}",
                $"{Copies.Count(copy => copy.At >= disturbance.At && copy.At < until)}");
        }
        return table;
    }
}
