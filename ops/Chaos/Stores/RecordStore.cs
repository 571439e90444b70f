using System.Text.Json;
using OpenAIWorker.Rig;

namespace OpenAIWorker.Chaos.Stores;

/// <summary>Where the workers keep records of their jobs.</summary>
sealed class RecordStore : IDisposable
{
    const int MostRestarts = 2;

    readonly PostgresProcess? server;
    int restarts;

    RecordStore(PostgresProcess? server, IReadOnlyList<string> settings) =>
        (this.server, Settings) = (server, settings);

    /// <summary>The workers' settings.</summary>
    public IReadOnlyList<string> Settings { get; }

    /// <summary>Whether there is a server, and it may be restarted once more.</summary>
    public bool CanRestart => server is not null && restarts < MostRestarts;

    /// <param name="kind"><c>sqlite</c>, <c>postgres</c> or <c>off</c>.</param>
    /// <param name="folder">The folder for a file.</param>
    public static async Task<RecordStore> Start(string kind, string folder)
    {
        if (kind == "off")
            return new(null, []);
        if (kind == "sqlite")
            return new(null, ["--Records:Keep=Endings", $"--Storage:Path={Path.Combine(folder, "records.db")}"]);
        var port = FreePort.Next();
        return new(await PostgresProcess.Start(port),
        [
            "--Records:Keep=Endings", "--Storage:Kind=PostgreSQL", "--Storage:Replicas=3",
            $"--Storage:ConnectionString=host=127.0.0.1 port={port} user=worker dbname=postgres connect_timeout=3",
        ]);
    }

    /// <summary>Kills the server, and starts it again with its data.</summary>
    public async Task<string> Restart()
    {
        restarts++;
        server!.Kill();
        await server.Run();
        return "restarted the database";
    }

    /// <summary>
    /// When each job's ending was committed, according to <c>worker jobs list</c>. Null: no records are kept.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>?> Committed(CancellationToken cancellation)
    {
        if (Settings.Count == 0)
            return null;
        var listed = await WorkerProcess.Said(["jobs", "list", "--json", "--limit", "10000", .. Settings],
            cancellation);
        return listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))
            .Where(record => record.TryGetProperty("ended", out _))
            .ToDictionary(record => record.GetProperty("jobId").GetString()!,
                record => record.GetProperty("ended").GetDateTimeOffset());
    }

    public void Dispose() => server?.Dispose();
}
