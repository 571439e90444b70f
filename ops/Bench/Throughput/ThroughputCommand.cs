using System.CommandLine;
using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Throughput;

/// <summary><c>throughput</c>: how fast a backlog is processed, compared with a worker without a framework.</summary>
static class ThroughputCommand
{
    const string Description = """
        Prints jobs per second, processor time, memory, bytes allocated and start-up of the worker, and of a hand-written one (RabbitMQ.Client and HTTP,
        nothing else) in turn with it on the same broker, before a provider that costs next to nothing; then how long a job takes beyond its call at half the load.
        The provider tells no limits, far ones and near ones in the headers of its answers, a column each.

        Jobs per second and processor time are those of the last three quarters of the jobs; the backlog stands in the queue before the process starts.
        """;

    static readonly int[] Latencies = [0, 100];
    static readonly ushort[] Concurrencies = [32, 128, 512];

    // Larger calls and those of the other API are measured at one concurrency only, unless others are given.
    const ushort Middle = 128;
    const int Small = 300;
    static readonly Call[] Calls = [new(false, Small), new(true, Small), new(false, 20_000), new(true, 20_000)];

    public static Command Make()
    {
        var image = BrokerImage.Option();
        var jobs = new Option<int>("--jobs")
        {
            Description = "The largest backlog.",
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
        var characters = new Option<int[]>("--characters")
        {
            Description = "The prompt's length. Default: 300, and 20,000 at 128 at once.",
            AllowMultipleArgumentsPerToken = true
        };
        var api = new Option<string[]>("--api")
        {
            Description = "responses or chat. Default: responses, and chat at 128 at once.",
            AllowMultipleArgumentsPerToken = true
        };
        api.AcceptOnlyFromAmong("responses", "chat");
        var limits = new Option<Distance[]>("--limits")
        {
            Description = "How far away the provider's limits are: none, far, near. Default: all three.",
            AllowMultipleArgumentsPerToken = true
        };
        var worker = PublishedWorker.Option();
        var records = new Option<string>("--records")
        {
            HelpName = "sqlite|postgres|off",
            Description = "Measures the cost of records: a worker that keeps them there, and one without.",
            DefaultValueFactory = _ => "off"
        };
        records.AcceptOnlyFromAmong("sqlite", "postgres", "off");
        var storage = new Option<string>("--storage")
        {
            Description = "The server of --records postgres. Default: POSTGRES_URI, otherwise Debian's "
                + "PostgreSQL, in a temporary folder.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("POSTGRES_URI") ?? ""
        };
        var halfLoad = new Option<double[]>("--half-load")
        {
            HelpName = "jobs/s",
            Description = "Only measures the time outside of calls of 100 ms, at each of these rates.",
            AllowMultipleArgumentsPerToken = true
        };
        var speedOnly = new Option<bool>("--speed-only")
        {
            Description = "Does not measure the time outside of calls."
        };
        var hostNetwork = new Option<bool>("--host-network")
        {
            Description =
                "The broker shares this machine's network, without Docker's proxy. For Docker on Linux, "
                    + "not rootless, and no Docker Desktop.",
        };
        var command = new Command("throughput", Description) { image, jobs, repeat, latency, concurrency, characters,
            api, limits, worker, records, storage, halfLoad, speedOnly, hostNetwork };
        command.SetAction((given, cancellation) => Site.Use(
            given.GetValue(image)!, tellsLimits: false,
            async site =>
            {
                var kind = given.GetValue(records)!;
                var server = given.GetValue(storage)!;
                using var own = kind == "postgres" && server.Length == 0
                    ? await PostgresProcess.Start(FreePort.Next())
                    : null;
                var rates = given.GetValue(halfLoad)!;
                var pair = ThroughputRun.Pair(site, given.GetValue(worker), Storage(kind, own?.Address ?? server));
                var rounds = Rounds(rates.Length > 0 ? [100] : given.GetValue(latency)!,
                    given.GetValue(concurrency)!, given.GetValue(characters)!, given.GetValue(api)!,
                    given.GetValue(jobs));
                if (rates.Length > 0)
                    await ThroughputRun.Steady(site, pair, rounds, rates, given.GetValue(repeat), cancellation);
                else
                    await ThroughputRun.Run(site, pair, rounds,
                        given.GetValue(limits) is { Length: > 0 } some ? some : Enum.GetValues<Distance>(),
                        given.GetValue(repeat), given.GetValue(speedOnly), cancellation);
            },
            cancellation,
            given.GetValue(hostNetwork) ? BrokerNetwork.Machine : BrokerNetwork.Own));
        return command;
    }

    // Null: no records. Otherwise the name of the database; a SQLite file is new at each start.
    static string? Storage(string records, string server) => records switch
    {
        "off" => null,
        "sqlite" => "",
        _ => server,
    };

    static IReadOnlyList<Round> Rounds(int[] latencies, ushort[] concurrencies, int[] characters, string[] apis,
        int jobs)
    {
        var isAsked = characters.Length + apis.Length > 0;
        Call[] calls = !isAsked ? Calls :
        [
            .. from api in apis is [] ? ["responses"] : apis
               from length in characters is [] ? [Small] : characters
               select new Call(api == "chat", length),
        ];
        return
        [
            .. from latency in latencies.Length > 0 ? latencies : Latencies
               from concurrency in concurrencies.Length > 0 ? concurrencies : Concurrencies
               from call in calls
               where isAsked || call == calls[0] || concurrency == Middle
               select Round.Of(latency, concurrency, jobs, call),
        ];
    }
}
