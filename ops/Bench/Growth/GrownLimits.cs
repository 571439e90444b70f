using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Growth;

/// <summary>
/// The same jobs behind the same limit in all, of one tenant or of many, of one model or of many, before one worker or
/// many.
/// </summary>
static class GrownLimits
{
    const int Jobs = 3_000;
    const int PerMinute = 6_000;

    // Half as much again as the limit takes.
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(45);

    public static async Task<Cost> Measure(Site site, string axis, int count, string? program,
        CancellationToken cancellation)
    {
        var (tenants, models, workers) = (axis == "tenants" ? count : 1, axis == "lanes" ? count : 1,
            axis == "replicas" ? count : 1);
        await using var stage = await Stage.Open(site, new Setup
        {
            Workers = workers,
            Tenant = tenants > 1 ? Prompts.Tenant : null,
            Program = program,
            Settings = [$"--Limits:MaxGroups={Math.Max(tenants, models) + 100}"],
        }, cancellation);
        for (var model = 0; model < models; model++)
            stage.Emulator.Limits.Set(ModelOf(model), Setup.PerMinute(requests: PerMinute / models));
        var clock = TimeProvider.System;
        var (begun, before, used) = (clock.GetTimestamp(), await site.Broker.Use(), Cost.Of(stage.Workers));
        await stage.Publish([.. Enumerable.Range(0, Jobs).Select(number =>
            Prompts.Make($"job-{number:0000}", ModelOf(number % models), tenant: $"t{number % tenants}"))],
            cancellation);
        await stage.Until(() => stage.Subscriber.Jobs > 0, Longest, cancellation);
        var (first, firstAt) = (clock.GetElapsedTime(begun), clock.GetTimestamp());
        await stage.Until(() => stage.Subscriber.Jobs == Jobs, Longest, cancellation);
        var (time, done) = (clock.GetElapsedTime(firstAt), stage.Subscriber.Jobs);
        var (after, broker) = (Cost.Of(stage.Workers), await site.Broker.Use());
        return new(first, done, time, after.Time - used.Time, after.Peak, broker.ProcessorTime - before.ProcessorTime,
            broker.Memory, await site.Broker.Queues());
    }

    static string ModelOf(int number) => $"{Prompts.Limited}-{number:000}";
}
