using System.CommandLine;
using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Throughput;

/// <summary><c>throughput</c>: how fast a backlog is worked off, beside a worker without a framework.</summary>
static class ThroughputCommand
{
    const string Description = """
        Prints jobs per second, processor time, memory and start-up of the worker, and of a hand-written one (RabbitMQ.Client and HttpClient, nothing else)
        in turn with it on the same broker and emulator; then how long a job takes beyond its call at half the load.

        Jobs per second and processor time are those of the last three quarters of the jobs; the backlog stands in the queue before the process starts.
        """;

    static readonly int[] Latencies = [0, 100];
    static readonly ushort[] Concurrencies = [32, 128, 512];

    public static Command Make()
    {
        var image = BrokerImage.Option();
        var jobs = new Option<int>("--jobs")
        {
            Description = "The backlog, at most.",
            DefaultValueFactory = _ => 60_000
        };
        var repeat = new Option<int>("--repeat")
        {
            Description = "Runs of each round; the medians are printed.",
            DefaultValueFactory = _ => 3
        };
        var latency = new Option<int[]>("--latency")
        {
            Description = "Milliseconds of a call. Default: 0 and 100.",
            AllowMultipleArgumentsPerToken = true
        };
        var concurrency = new Option<ushort[]>("--concurrency")
        {
            Description = "Default: 32, 128 and 512.",
            AllowMultipleArgumentsPerToken = true
        };
        var worker = PublishedWorker.Option();
        var records = new Option<bool>("--records")
        {
            Description = "What records cost: the worker that keeps them in SQLite, beside one that keeps none.",
        };
        var hostNetwork = new Option<bool>("--host-network")
        {
            Description =
                "The broker shares this machine's network, and Docker's proxy takes no part. For Docker on Linux, "
                    + "not rootless, and no Docker Desktop.",
        };
        var command = new Command("throughput", Description) { image, jobs, repeat, latency, concurrency, worker,
            records, hostNetwork };
        command.SetAction((given, cancellation) => Site.Use(
            given.GetValue(image)!, tellsLimits: false,
            site =>
                ThroughputRun.Run(site, Rounds(given.GetValue(latency)!, given.GetValue(concurrency)!,
                    given.GetValue(jobs)), given.GetValue(repeat), given.GetValue(worker), given.GetValue(records),
                    cancellation),
            cancellation,
            given.GetValue(hostNetwork) ? BrokerNetwork.Machine : BrokerNetwork.Own));
        return command;
    }

    static IReadOnlyList<Round> Rounds(int[] latencies, ushort[] concurrencies, int jobs) =>
    [
        .. from latency in latencies.Length > 0 ? latencies : Latencies
           from concurrency in concurrencies.Length > 0 ? concurrencies : Concurrencies
           select Round.Of(latency, concurrency, jobs),
    ];
}
