using System.Diagnostics;
using System.Net.Sockets;
using OpenAIWorker.Rig;

namespace OpenAIWorker.Chaos.Stores;

/// <summary>An S3 server (ops/s3) with a temporary folder, which can be killed and started again.</summary>
sealed class BucketProcess : IDisposable
{
    public const string Bucket = "payloads";

    // s3rver accepts only this pair.
    public const string Key = "S3RVER";

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chaos-s3-");
    readonly int port;
    Process? server;

    BucketProcess(int port) => this.port = port;

    static string Program =>
        Path.Combine(AppContext.BaseDirectory, "../../../../s3/node_modules/s3rver/bin/s3rver.js") is var path
            && File.Exists(path)
        ? path
        : throw new InvalidOperationException("No S3 server. Install Node.js and run: npm ci --prefix ops/s3");

    public static async Task<BucketProcess> Start(int port)
    {
        var bucket = new BucketProcess(port);
        await bucket.Run();
        return bucket;
    }

    /// <summary>The number of payloads.</summary>
    public int Count(string prefix) =>
        Directory.EnumerateFiles(folder.FullName, $"{prefix}*_object", SearchOption.AllDirectories).Count();

    /// <summary>Returns when it answers.</summary>
    public async Task Run()
    {
        server = Quiet.Start(["node", Program, "--directory", folder.FullName, "--address", "127.0.0.1", "--port",
            $"{port}", "--silent", "--configure-bucket", Bucket]);
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync("127.0.0.1", port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(Pause);
            }
        }
    }

    public void Kill()
    {
        server!.Kill();
        server.WaitForExit();
    }

    public void Dispose()
    {
        if (server is { HasExited: false })
            Kill();
        server?.Dispose();
        folder.Delete(recursive: true);
    }
}
