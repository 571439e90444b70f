using System.Net;
using OpenAIWorker.Emulator;
using OpenAIWorker.Rig;

namespace OpenAIWorker.Chaos.Stores;

/// <summary>
/// Jobs that need a database and a bucket, while both are killed, cut off and slowed. The workers and their broker are
/// not disturbed.
/// </summary>
static class StoreRun
{
    static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    public static async Task<int> Run(ChaosOptions options, CancellationToken cancellation)
    {
        var clock = TimeProvider.System;
        var prefix = $"c{Guid.NewGuid():N}"[..8];
        var logs = Directory.CreateTempSubdirectory("chaos-").FullName;
        Console.WriteLine(
            $"{options.Jobs} jobs, {options.Workers} workers, {options.Image}. The workers' logs: {logs}");

        await using var emulator = await OpenAIEmulator.Start(new() { KeptCalls = options.Jobs * 10 });
        await using var broker = await Broker.Start(options.Image, 1, cancellation);
        var (databasePort, bucketPort) = (FreePort.Next(), FreePort.Next());
        using var postgres = await PostgresProcess.Start(databasePort);
        using var bucket = await BucketProcess.Start(bucketPort);
        using var database = new CuttingProxy([new IPEndPoint(IPAddress.Loopback, databasePort)]);
        using var payloads = new CuttingProxy([new IPEndPoint(IPAddress.Loopback, bucketPort)]);
        using var workers = new Workers(options, prefix, broker.Addresses[0].Port, emulator.BaseUrl,
            logs)
        { More = Stores(database.Port, payloads.Port) };
        await using var subscriber = await Subscriber.Open(broker, prefix, countsDelays: true, cancellation);
        workers.Start();
        await Send(broker, prefix, [StoreJobs.Create], cancellation);
        await Until(() => subscriber.Jobs == 1, cancellation);
        await Send(broker, prefix, StoreJobs.Make(options.Jobs), cancellation);

        var start = clock.GetUtcNow();
        var disturbances = new StoreDisturbances(options, postgres, bucket, database, payloads, clock);
        while (subscriber.Jobs <= options.Jobs && clock.GetUtcNow() - start < options.Longest)
        {
            if (clock.GetUtcNow() - start < options.Disturbed)
                await disturbances.Advance();
            await Task.Delay(Glance, clock, cancellation);
        }
        disturbances.End();
        var report = new StoreReport(options, start, [.. subscriber.Endings],
            [.. emulator.Calls.Where(call => call.IsBilled)], disturbances.Done, subscriber.Delays);
        report.Write();
        return report.IsGood ? 0 : 1;
    }

    static IReadOnlyList<string> Stores(int database, int payloads) =>
    [
        // With records all jobs would need the database, also those that are meant to need only the other store.
        "--Records:Keep=Nothing", "--Storage:Kind=PostgreSQL", "--Storage:Replicas=2",
        $"--Storage:ConnectionString=host=127.0.0.1 port={database} user=worker dbname=postgres connect_timeout=3",
        "--OpenAI:Credentials:default:Api=ChatCompletions",
        "--Payloads:Store=S3", $"--Payloads:S3:ServiceUrl=http://127.0.0.1:{payloads}",
        "--Payloads:S3:Region=us-east-1", "--Payloads:S3:ForcePathStyle=true",
        $"--Payloads:S3:Bucket={BucketProcess.Bucket}", $"--Payloads:S3:AccessKey={BucketProcess.Key}",
        $"--Payloads:S3:SecretKey={BucketProcess.Key}",
        "--Payloads:S3:Timeout=00:00:05", "--Payloads:InlineLimit=10",
    ];

    static async Task Send(Broker broker, string prefix, IEnumerable<Job> jobs, CancellationToken cancellation)
    {
        await using var connection = await broker.Connect(cancellation);
        foreach (var operation in (string[])["create-assistant", "message-assistant", "generate-image"])
            await QueueWatch.Until(connection, $"{prefix}.{operation}", consumers: 1, cancellation);
        await using var publisher = await Publisher.Open(connection, prefix, cancellation);
        await publisher.Publish(jobs, cancellation);
    }

    static async Task Until(Func<bool> claim, CancellationToken cancellation)
    {
        while (!claim())
            await Task.Delay(Glance / 10, cancellation);
    }
}
