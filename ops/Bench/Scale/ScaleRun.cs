using OpenAIWorker.Emulator.Billing;
using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Scale;

/// <summary>Creates the backlog, and then measures the due jobs.</summary>
static class ScaleRun
{
    static readonly TimeSpan Before = TimeSpan.FromSeconds(60);
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    // A backlog moves to its lanes at several hundred jobs a second.
    static readonly TimeSpan PutAsideWithin = TimeSpan.FromMinutes(10);
    const double Nearly = 0.99;

    public static async Task Run(Site site, ScaleSize size, CancellationToken cancellation)
    {
        var rows = new List<IReadOnlyList<string>>();
        await Console.Error.WriteLineAsync("at once");
        rows.Add(await Measured(site, size with { Waiting = 0 }, isDue: false, cancellation));
        await Console.Error.WriteLineAsync("alone");
        rows.Add(await Measured(site, size with { Waiting = 0 }, isDue: true, cancellation));
        await Console.Error.WriteLineAsync(
            $"beside {size.Waiting:#,0} jobs of {size.Tenants:#,0} tenants and {size.Models:#,0} models");
        if (size.Waiting > 0)
            rows.Add(await Measured(site, size, isDue: true, cancellation));
        MarkdownTable.Write(["waiting", "jobs", "called", "earliest s", "median s", "p99 s", "latest s", "calls/s",
            "backlog done", "failed", "peak RSS MB"], rows);
    }

    static async Task<IReadOnlyList<string>> Measured(Site site, ScaleSize size, bool isDue,
        CancellationToken cancellation)
    {
        var setup = new Setup
        {
            Tenant = Prompts.Tenant,
            Program = size.Program,
            KeptCalls = 1_000_000,
            CountsDelays = true,
            Settings = [$"--Delivery:Concurrency={size.Concurrency}", $"--Delivery:Prefetch={2 * size.Concurrency}"],
        };
        await using var stage = await Stage.Open(site, setup, cancellation);
        for (var model = 0; model < size.Models; model++)
            stage.Emulator.Limits.Set(ModelOf(model), Setup.PerMinute(requests: 60));
        await stage.Publish([.. Enumerable.Range(0, size.Waiting)
            .Select(number =>
                Prompts.Make($"wait-{number:000000}", ModelOf(number % size.Models),
                    tenant: $"t{number % size.Tenants}"))], cancellation);
        await stage.Until(() => stage.Subscriber.Delays + stage.Subscriber.Jobs >= size.Waiting * Nearly,
            PutAsideWithin, cancellation);
        DateTimeOffset? due = isDue ? stage.Now + Before : null;
        await stage.Publish([.. Enumerable.Range(0, size.Due)
            .Select(number =>
                Prompts.Make($"due-{number:000000}", Prompts.Free, tenant: $"t{number % size.Tenants}",
                    notBefore: due))], cancellation);
        // Without a notBefore, lateness is counted from the moment when the last job was sent.
        var moment = due ?? stage.Now;
        await stage.Until(() => stage.Now > moment && stage.Emulator.Calls.Count(IsDue) >= size.Due, Before + Patience,
            cancellation);
        var calls = stage.Emulator.Calls.Where(IsDue).Select(call => call.ReceivedAt).Order().ToList();
        IReadOnlyList<double> late = [.. calls.Select(at => (at - moment).TotalSeconds)];
        var endings = stage.Subscriber.Endings.DistinctBy(ending => ending.Job).ToList();
        return
        [
            $"{size.Waiting}", $"{size.Due}", $"{late.Count}", $"{late.Min():0.00}", $"{Rank.Median(late):0.00}",
            $"{Rank.Of(late, 0.99):0.00}", $"{late.Max():0.00}",
            $"{late.Count / Math.Max(0.1, (calls[^1] - calls[0]).TotalSeconds):0}",
            $"{endings.Count(ending => ending.Job.StartsWith("wait", StringComparison.Ordinal))}",
            $"{endings.Count(ending => ending.IsFailed)}", $"{stage.Workers.Max(worker => worker.PeakMemory) / 1e6:0}",
        ];
    }

    static bool IsDue(ReceivedCall call) => call.Model == Prompts.Free;

    static string ModelOf(int number) => $"{Prompts.Limited}-{number:000}";
}
