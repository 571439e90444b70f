using OpenAIWorker.Emulator.Billing;
using OpenAIWorker.Rig;

namespace OpenAIWorker.Chaos.Stores;

/// <summary>The result, counted from outside: by the subscriber and the bill.</summary>
sealed class StoreReport(
    ChaosOptions options, DateTimeOffset start, IReadOnlyList<Ending> endings, IReadOnlyList<ReceivedCall> billed,
    IReadOnlyList<Disturbance> disturbances, int delays)
{
    readonly ILookup<string, Ending> byJob = endings.ToLookup(ending => ending.Job);

    public bool IsGood => Missing.Count == 0 && Failed.Count == 0 && Twice.Count == 0;

    IReadOnlyList<string> Missing =>
        [.. Enumerable.Range(0, options.Jobs).Select(Jobs.Name).Where(job => !byJob.Contains(job))];

    IReadOnlyList<Ending> Failed => [.. endings.Where(ending => ending.IsFailed)];

    IReadOnlyList<string> Twice =>
        [.. billed.GroupBy(call => call.Job).Where(job => job.Count() > 1).Select(job => job.Key)];

    public void Write()
    {
        var seconds = (endings.Select(ending => ending.At).DefaultIfEmpty(start).Max() - start).TotalSeconds;
        foreach (var (what, count) in new (string, string)[]
        {
            ("jobs", $"{options.Jobs}, in {seconds:0} s"),
            ("jobs without ending", $"{Missing.Count}"),
            ("failed jobs", $"{Failed.Count}"),
            ("calls billed", $"{billed.Count}"),
            ("jobs billed twice", $"{Twice.Count}"),
            ("waits in the broker", $"{delays}"),
            ("disturbances", string.Join(", ",
                disturbances.CountBy(one => one.What.Split(' ')[0] + " " + one.What.Split(' ')[^1])
                    .Select(kind => $"{kind.Key} {kind.Value} times"))),
        })
            Console.WriteLine($"{what,-32} {count}");
        foreach (var ending in Failed.Take(10))
            Console.WriteLine($"{ending.Job}: {ending.What}");
        foreach (var job in Missing.Concat(Twice).Take(10))
        {
            var calls = billed.Where(call => call.Job == job)
                .Select(call => $"{call.Path} {call.ReceivedAt:HH:mm:ss.f} {call.Status}");
            Console.WriteLine($"{job}: {string.Join(", ", calls)}");
        }
    }
}
