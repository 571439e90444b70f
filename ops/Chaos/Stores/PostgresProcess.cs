using System.Diagnostics;
using System.Net.Sockets;
using OpenAIWorker.Rig;

namespace OpenAIWorker.Chaos.Stores;

/// <summary>
/// Debian's PostgreSQL in a temporary folder: killed as by a loss of power, and started again on what it had written.
/// </summary>
sealed class PostgresProcess : IDisposable
{
    const string Home = "/usr/lib/postgresql";

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chaos-postgres-");
    readonly int port;
    Process? server;

    PostgresProcess(int port) => this.port = port;

    static string Programs => Directory.Exists(Home)
        ? $"{Directory.GetDirectories(Home).Max()}/bin"
        : throw new InvalidOperationException("No PostgreSQL. Install it: apt-get install postgresql");

    string Data => Path.Combine(folder.FullName, "data");

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
        // A killed server leaves its lock, and the children that it had.
        File.Delete(Path.Combine(Data, "postmaster.pid"));
        server = Shell($"exec '{Programs}/postgres' -D '{Data}' -p {port} -k '' -c listen_addresses=127.0.0.1");
        while (!await Answers())
            await Task.Delay(Pause);
    }

    public void Kill()
    {
        server!.Kill(entireProcessTree: true);
        server.WaitForExit();
    }

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

    // The server refuses to run as root; its package brings a user along.
    static Process Shell(string script) => Quiet.Start(Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "sh", "-c", script]
        : ["sh", "-c", script]);
}
