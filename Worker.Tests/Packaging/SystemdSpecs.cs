using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Packaging;

public sealed class SystemdSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // A shell with the name that the program expects of its parent, and the socket that systemd provides.
    const string Parent = """
        dotnet "$@" & child=$!
        trap 'kill -TERM $child' TERM
        wait $child; wait $child
        """;

    [Fact]
    public async Task A_service_says_when_it_is_ready_and_when_it_stops()
    {
        var folder = Directory.CreateTempSubdirectory("openai-worker-systemd").FullName;
        var (path, systemd) = (Path.Combine(folder, "notify"), Path.Combine(folder, "systemd"));
        File.CreateSymbolicLink(systemd, "/bin/sh");
        using var notify = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        notify.Bind(new UnixDomainSocketEndPoint(path));
        string[] settings = [$"--Broker:Uri={broker.Uri}", $"--Broker:Prefix={BrokerFixture.NewPrefix()}",
            .. TestSettings.For(null)];
        using var worker = Process.Start(
            new ProcessStartInfo(systemd, ["-c", Parent, "systemd", WorkerProgram.Path, .. settings])
            {
                Environment = { ["NOTIFY_SOCKET"] = path },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        try
        {
            Assert.Equal("READY=1", await Next(notify));
            using (var kill = Process.Start("kill", ["-TERM", $"{worker.Id}"]))
                await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal("STOPPING=1", await Next(notify));
            await worker.WaitForExitAsync(TestContext.Current.CancellationToken)
                .WaitAsync(Patience, TestContext.Current.CancellationToken);
            Assert.Equal(0, worker.ExitCode);
        }
        finally
        {
            if (!worker.HasExited)
                worker.Kill(entireProcessTree: true);
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<string> Next(Socket notify)
    {
        var said = new byte[256];
        var length = await notify.ReceiveAsync(said, TestContext.Current.CancellationToken).AsTask()
            .WaitAsync(Patience, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(said, 0, length).Trim();
    }
}
