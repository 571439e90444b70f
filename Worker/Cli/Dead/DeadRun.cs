using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Delivery.DeadLetters;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Settings;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Cli.Dead;

/// <summary>Runs the verbs of <c>dead</c> on the open queues.</summary>
static class DeadRun
{
    public static async Task<int> With(IReadOnlyList<string> settings, Func<DeadLetterQueues, Task<int>> deed,
        CancellationToken cancellation)
    {
        await using var box = await NamedBroker.DeadLetters(settings, cancellation);
        return await deed(box);
    }

    public static async Task<int> List(DeadLetterQueues box, DeadLetterFilter filter, bool json,
        CancellationToken cancellation)
    {
        var groups =
            new Dictionary<(string Operation, string Code, string Model),
                (int Count, DateTimeOffset? Oldest, DateTimeOffset? Newest)>();
        await foreach (var letter in box.Read(filter, TimeProvider.System.GetUtcNow(), cancellation))
        {
            var key = (letter.Operation, letter.Code, letter.Model);
            var (count, oldest, newest) = groups.GetValueOrDefault(key);
            groups[key] = (count + 1, oldest < letter.FailedAt ? oldest : letter.FailedAt,
                newest > letter.FailedAt ? newest : letter.FailedAt);
        }
        if (json)
        {
            foreach (var ((operation, code, model), (count, oldest, newest)) in groups)
                Console.Out.WriteLine(DeadJson.Group(operation, code, model, count, oldest, newest));
            return ExitCodes.Success;
        }
        if (groups.Count == 0)
            Console.Out.WriteLine("There are none.");
        else
            Grid.Write(["operation", "code", "model", "jobs", "oldest", "newest"], groups
                .OrderByDescending(group => group.Value.Count)
                .Select(group => new[]
                {
                    group.Key.Operation, group.Key.Code, group.Key.Model, $"{group.Value.Count}",
                    Age(group.Value.Oldest), Age(group.Value.Newest),
                }));
        return ExitCodes.Success;
    }

    public static async Task<int> Show(DeadLetterQueues box, DeadLetterFilter filter, int limit, bool json,
        CancellationToken cancellation)
    {
        var shown = 0;
        await foreach (var letter in box.Read(filter, TimeProvider.System.GetUtcNow(), cancellation))
        {
            if (shown++ == limit)
                break;
            Console.Out.WriteLine(json ? DeadJson.Letter(letter) : PlainText.Of($"""
                {letter.JobId}: {letter.Operation}, {letter.Code} ({letter.Kind}), attempts {letter.Attempts}, first seen {letter.FirstSeen:u}, failed {letter.FailedAt:u}
                  {letter.Reason}
                  {Encoding.UTF8.GetString(letter.Body.Span)}

                """));
        }
        return ExitCodes.Success;
    }

    public static async Task<int> Each(
        DeadLetterQueues box, DeadLetterFilter filter, bool dryRun, string done,
        Func<DeadLetter, CancellationToken, Task> deed, double rate, CancellationToken cancellation)
    {
        var (looked, count) = (0, 0);
        var begun = TimeProvider.System.GetTimestamp();
        var what = dryRun ? $"would be {done}" : done;
        await DeadProgress.Show(what, await box.Count(filter, cancellation), async report =>
        {
            await foreach (var letter in box.Read(filter, TimeProvider.System.GetUtcNow(), cancellation,
                () => report(++looked, count)))
            {
                if (!dryRun)
                {
                    var early = TimeSpan.FromSeconds(count / rate) - TimeProvider.System.GetElapsedTime(begun);
                    if (early > TimeSpan.Zero)
                        await Task.Delay(early, cancellation);
                    await deed(letter, cancellation);
                }
                report(looked, ++count);
            }
        });
        Console.Out.WriteLine($"{count} {what}.");
        return ExitCodes.Success;
    }

    static string Age(DateTimeOffset? time) => time is null ? "" : (TimeProvider.System.GetUtcNow() - time.Value) switch
    {
        { TotalMinutes: < 2 } age => $"{age.TotalSeconds:0} s",
        { TotalHours: < 2 } age => $"{age.TotalMinutes:0} min",
        { TotalDays: < 2 } age => $"{age.TotalHours:0} h",
        var age => $"{age.TotalDays:0} d",
    };
}
