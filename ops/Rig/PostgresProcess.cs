using System.Diagnostics;
using System.Net.Sockets;

namespace OpenAIWorker.Rig;

/// <summary>
/// Debian's PostgreSQL in a temporary folder. It can be killed as by a loss of power, and started again with its data.
/// </summary>
public sealed class PostgresProcess : IDisposable
{
    const string Home = "/usr/lib/postgresql";

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rig-postgres-");
    readonly int port;
    Process? server;

    PostgresProcess(int port) => this.port = port;

    static string Programs => Directory.Exists(Home)
        ? $"{Directory.GetDirectories(Home).Max()}/bin"
        : throw new InvalidOperationException("No PostgreSQL. Install it: apt-get install postgresql");

    /// <summary>Its address.</summary>
    public string Address => $"postgresql://worker@127.0.0.1:{port}/postgres";

    string Data => Path.Combine(folder.FullName, "data");

    /// <summary>Makes an empty database, and returns when it answers.</summary>
    public static async Task<PostgresProcess> Start(int port)
    {
        var postgres = new PostgresProcess(port);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(postgres.folder.FullName, (UnixFileMode)0b111_111_111);
        using (var made = Shell($"'{Programs}/initdb' -D '{postgres.Data}' -U worker -A trust --locale=C.UTF-8"))
            await made.WaitForExitAsync();
        await postgres.Run();
        return postgres;
    }

    /// <summary>Returns when it answers.</summary>
    public async Task Run()
    {
        // A killed server leaves its lock file and its child processes behind.
        File.Delete(Path.Combine(Data, "postmaster.pid"));
        server = Shell($"exec '{Programs}/postgres' -D '{Data}' -p {port} -k '' -c listen_addresses=127.0.0.1");
        while (!await Answers())
            await Task.Delay(Pause);
    }

    /// <summary>Kills it with all its processes.</summary>
    public void Kill()
    {
        server!.Kill(entireProcessTree: true);
        server.WaitForExit();
    }

    /// <summary>Kills it, and deletes its data.</summary>
    public void Dispose()
    {
        if (server is { HasExited: false })
            Kill();
        server?.Dispose();
        folder.Delete(recursive: true);
    }

    async Task<bool> Answers()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // The server refuses to run as root; its package creates a user for it.
    static Process Shell(string script) => Quiet.Start(Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "sh", "-c", script]
        : ["sh", "-c", script]);
}
