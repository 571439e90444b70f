using System.Globalization;
using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Throughput;

/// <summary>A program that works off the queue.</summary>
sealed record Contestant(string Name, Func<Uri, Round, string, IReadOnlyDictionary<string, string>?, WorkerProcess> Run)
{
    public const string Prefix = "bench";

    /// <param name="upstream">The provider.</param>
    /// <param name="round">The round for which it is started.</param>
    /// <param name="log">The file for its output.</param>
    /// <param name="variables">Additional environment variables.</param>
    public WorkerProcess Start(Uri upstream, Round round, string log,
        IReadOnlyDictionary<string, string>? variables = null) => Run(upstream, round, log, variables);

    /// <summary>This project's worker.</summary>
    /// <param name="broker">The broker's address.</param>
    /// <param name="program">A published worker. Null: the one built beside this program.</param>
    public static Contestant Worker(string broker, string? program) =>
        new("worker", (upstream, round, log, variables) =>
        WorkerProcess.Start("worker", Settings(broker, upstream, round), log, program, variables));

    static IReadOnlyList<string> Settings(string broker, Uri upstream, Round round) =>
    [
        $"--Broker:Uri={broker}",
        $"--Broker:Prefix={Prefix}",
        $"--OpenAI:Credentials:default:BaseUrl={upstream}",
        "--OpenAI:Credentials:default:ApiKey=any",
        $"--Delivery:Concurrency={round.Concurrency}",
        // Both as production.md advises for thousands of short calls a second. The ceiling has neither slots nor a log.
        $"--Delivery:Prefetch={round.Concurrency * 2}",
        "--Logging:LogLevel:OpenAIWorker.Delivery.Settlement=Warning",
    ];

    /// <summary>This project's worker with records of new jobs.</summary>
    /// <param name="broker">The broker's address.</param>
    /// <param name="storage">The PostgreSQL server. Empty: a SQLite file, a new one at each start.</param>
    /// <param name="program">A published worker. Null: the one built beside this program.</param>
    public static Contestant WithRecords(string broker, string storage, string? program) =>
        new("records", (upstream, round, log, variables) =>
        WorkerProcess.Start("worker",
        [
            .. Settings(broker, upstream, round), "--Records:Keep=Endings",
            .. storage.Length == 0
                ? new[] { $"--Storage:Path={log}.{Guid.NewGuid():N}.db" }
                : ["--Storage:Kind=PostgreSQL", $"--Storage:ConnectionString={storage}"],
        ], log, program, variables));

    /// <summary>The hand-written worker.</summary>
    public static Contestant Ceiling(string broker) =>
        new("ceiling", (upstream, round, log, variables) => WorkerProcess.Run("ceiling",
            typeof(Contestant).Assembly.Location,
    [
        "ceiling", "--uri", broker, "--prefix", Prefix, "--base-url", $"{upstream}",
        "--concurrency", round.Concurrency.ToString(CultureInfo.InvariantCulture),
    ], log, variables));
}
