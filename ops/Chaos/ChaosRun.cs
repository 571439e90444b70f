using OpenAIWorker.Chaos.Stores;
using OpenAIWorker.Emulator;
using OpenAIWorker.Rig;

namespace OpenAIWorker.Chaos;

/// <summary>Starts everything, disturbs it, waits for the endings, and counts.</summary>
static class ChaosRun
{
    static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    public static async Task<int> Run(ChaosOptions options, CancellationToken cancellation)
    {
        var clock = TimeProvider.System;
        var prefix = $"c{Guid.NewGuid():N}"[..8];
        var logs = Directory.CreateTempSubdirectory("chaos-").FullName;
        Console.WriteLine(
            $"{options.Jobs} jobs, {options.Workers} workers, {options.Image}, nodes: {options.Nodes}. The workers' "
                + $"logs: {logs}");

        await using var emulator =
            await OpenAIEmulator.Start(new() { Latency = options.Latency, KeptCalls = options.Jobs * 10 });
        await using var broker = await Broker.Start(options.Image, options.Nodes, cancellation);
        using var proxy = new CuttingProxy(broker.Addresses);
        using var records = await RecordStore.Start(options.Records, logs);
        using var workers = new Workers(options, prefix, proxy.Port, emulator.BaseUrl, logs)
        {
            More = records.Settings
        };
        await using var subscriber = await Subscriber.Open(broker, prefix, countsDelays: false, cancellation);
        workers.Start();
        await Publish(broker, prefix, options.Jobs, cancellation);

        var start = clock.GetUtcNow();
        var disturbances = new Disturbances(options, broker, proxy, workers, records, clock);
        while (subscriber.Jobs < options.Jobs && clock.GetUtcNow() - start < options.Longest)
        {
            if (clock.GetUtcNow() - start < options.Disturbed)
                await disturbances.Advance();
            await Task.Delay(Glance, clock, cancellation);
        }
        await Task.Delay(options.CallTimeout, clock, cancellation);

        var letters = await DeadLetters.Count(broker, prefix, cancellation);
        var report = new Report(options, start, [.. subscriber.Endings],
            [.. emulator.Calls.Where(call => call.IsBilled)], disturbances.Done, letters,
            await records.Committed(cancellation));
        report.Write();
        return report.IsGood ? 0 : 1;
    }

    // Nothing can be published before the first worker has declared the exchange.
    static async Task Publish(Broker broker, string prefix, int jobs, CancellationToken cancellation)
    {
        await using var connection = await broker.Connect(cancellation);
        await DeadLetters.UntilDeclared(connection, prefix, cancellation);
        await using var publisher = await Publisher.Open(connection, prefix, cancellation);
        await publisher.Publish(Jobs.Make(jobs), cancellation);
    }
}
