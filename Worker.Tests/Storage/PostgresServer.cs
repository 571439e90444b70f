using System.Diagnostics;
using Npgsql;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Storage;
using Xunit.Sdk;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace OpenAIWorker.Tests.Storage;

/// <summary>
/// The PostgreSQL of a test run: the one in POSTGRES_URI, otherwise Debian's in a temporary folder, started when the
/// first test needs it. Without one its tests are skipped, or fail if it is required. Each test gets its own database.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    const string Cure = "No PostgreSQL. Set POSTGRES_URI, or install it: apt-get install postgresql";

    static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(1);

    readonly DirectoryInfo home = Directory.CreateTempSubdirectory("openai-worker-postgres-");
    readonly Lazy<Task<string>> address;
    Process? server;

    public PostgresServer() => address = new(Start);

    static string? Given => Environment.GetEnvironmentVariable("POSTGRES_URI") is { Length: > 0 } uri ? uri : null;

    // Debian keeps the server's programs in a folder per version, outside the PATH.
    static string? Programs =>
        Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Max() + "/bin" : null;

    /// <summary>Creates an empty database, and returns its connection string.</summary>
    public async Task<string> NewDatabase()
    {
        if (Given is null && Programs is null)
            throw BrokerSettings.FromEnvironment().Required
                ? FailException.ForFailure(Cure)
                : SkipException.ForSkip(Cure);
        var name = $"test_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(await address.Value);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(await address.Value)
        {
            Database = name,
            MaxPoolSize = 10
        }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (server is not null)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
        }
        home.Delete(recursive: true);
    }

    async Task<string> Start()
    {
        if (Given is { } uri)
            return PostgresAddress.Read(uri);
        var port = FreePort.Next();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(home.FullName, (UnixFileMode)0b111_111_111);
        var data = Path.Combine(home.FullName, "data");
        // Its data is deleted, so it is not flushed to disk.
        server =
            Shell(
                $"'{Programs}/initdb' -D '{data}' -U worker -A trust --no-sync --locale=C.UTF-8 && exec "
                    + $"'{Programs}/postgres' -D '{data}' -p {port} -k '' -c listen_addresses=127.0.0.1 -F");
        var output = server.Output();
        var found = $"Host=127.0.0.1;Port={port};Username=worker;Database=postgres";
        await UntilItAnswers(found, output);
        return found;
    }

    // The server refuses to run as root; its package creates a user for it.
    static Process Shell(string script) => Process.Start(Environment.IsPrivilegedProcess
        ? new ProcessStartInfo("setpriv",
            ["--reuid=postgres", "--regid=postgres", "--clear-groups", "sh", "-c",
                script])
        { RedirectStandardOutput = true, RedirectStandardError = true }
        : new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    async Task UntilItAnswers(string found, Task<string> output)
    {
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            try
            {
                await using var connection = new NpgsqlConnection(found);
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (!server!.HasExited && since.Elapsed < StartsWithin)
            {
                // It has not started yet.
            }
            catch (NpgsqlException) when (server!.HasExited)
            {
                throw new InvalidOperationException($"postgres ended: {await output}");
            }
        }
    }
}
