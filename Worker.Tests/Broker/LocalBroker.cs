using System.Diagnostics;

namespace OpenAIWorker.Tests.Broker;

/// <summary>A <c>rabbitmq-server</c> installed on this machine, run as a separate node in a temporary folder.</summary>
sealed class LocalBroker(ServerTls? tls) : IBroker
{
    const string InMemory = "/dev/shm";
    const long Enough = 2L * 1024 * 1024 * 1024;

    static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(2);

    readonly int port = FreePort.Next();
    readonly int managementPort = FreePort.Next();
    readonly int metricsPort = FreePort.Next();
    readonly int securePort = FreePort.Next();
    readonly string home = Path.Combine(Folder, $"rabbitmq-{Path.GetRandomFileName()}");
    Process? server;

    // Nothing of it is kept, so nothing has to reach a disk, which the broker waits for with each durable message.
    static string Folder => Directory.Exists(InMemory) && new DriveInfo(InMemory).AvailableFreeSpace > Enough
        ? InMemory
        : Path.GetTempPath();

    RabbitMqPrograms Programs => field ??= new(home, port);

    public Uri Uri => new($"amqp://guest:guest@127.0.0.1:{port}");

    public Uri Management => new($"http://guest:guest@127.0.0.1:{managementPort}");

    public Uri Metrics => new($"http://127.0.0.1:{metricsPort}");

    public Uri? Secure => tls is null ? null : new($"amqps://guest:guest@localhost:{securePort}");

    public bool CanRestart => true;

    public async Task Start(CancellationToken cancellation)
    {
        if (RabbitMqPrograms.Folder is null)
            throw new NoBrokerException("rabbitmq-server: not found on the PATH.");
        Directory.CreateDirectory(home);
        await Programs.Configure(managementPort, metricsPort, tls, securePort, cancellation);
        server = Programs.Start("rabbitmq-server");
        var output = server.Output();
        await UntilItAnswersOrEnds(server, cancellation);
        if (server.HasExited)
            throw new NoBrokerException($"rabbitmq-server ended: {await output}");
    }

    public async Task Stop(CancellationToken cancellation)
    {
        if (server is not { HasExited: false })
            return;
        await Control(["stop"], cancellation);
        await server.WaitForExitAsync(cancellation);
    }

    public Task Control(IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        Run("rabbitmqctl", [.. arguments]);

    public async ValueTask DisposeAsync()
    {
        if (server is null)
            return;
        // The folder is deleted, so an orderly shutdown is not needed.
        server.Kill(entireProcessTree: true);
        await server.WaitForExitAsync();
        await Run("epmd", "-kill");
        Directory.Delete(home, recursive: true);
    }

    async Task UntilItAnswersOrEnds(Process started, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(StartsWithin);
        try
        {
            await await Task.WhenAny(Amqp.UntilItAnswers(Uri, patience.Token),
                started.WaitForExitAsync(patience.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new NoBrokerException($"rabbitmq-server: no answer on port {port} within {StartsWithin}.");
        }
        finally
        {
            await patience.CancelAsync();
        }
    }

    async Task Run(string program, params string[] arguments)
    {
        using var process = Programs.Start(program, arguments);
        await process.Output();
    }
}
