using System.Net;
using System.Net.Sockets;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Chaos;

/// <summary>One RabbitMQ, or a cluster, in containers that are removed at the end.</summary>
sealed class Broker : IAsyncDisposable
{
    const int AmqpPort = 5672;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    readonly string name = $"chaos-{Guid.NewGuid():N}"[..14];
    readonly IReadOnlyList<Node> nodes;

    Broker(int count) => nodes = [.. Enumerable.Range(1, count).Select(number => new Node($"{name}-{number}", FreePort()))];

    public IReadOnlyList<IPEndPoint> Addresses => [.. nodes.Select(node => node.Address)];

    public static async Task<Broker> Start(string image, int count, CancellationToken cancellation)
    {
        var broker = new Broker(count);
        try
        {
            await Docker.Run("network", "create", broker.name);
            foreach (var node in broker.nodes)
                await broker.Create(node, image);
            foreach (var node in broker.nodes)
                await UntilItAnswers(node, cancellation);
            foreach (var node in broker.nodes.Skip(1))
                await Join(node, broker.nodes[0], cancellation);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>As after a loss of power: the process is killed, and started again on its disk.</summary>
    /// <returns>The node's name.</returns>
    public async Task<string> Restart(int number)
    {
        var node = nodes[number % nodes.Count];
        await Docker.Run("restart", "--time", "0", node.Name);
        return node.Name;
    }

    /// <summary>A connection past the proxy, so that the counting is not disturbed.</summary>
    public async Task<IConnection> Connect(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                var factory = new ConnectionFactory { UserName = "chaos", Password = "chaos", NetworkRecoveryInterval = Pause, ClientProvidedName = "chaos" };
                return await factory.CreateConnectionAsync([.. Addresses.Select(address => new AmqpTcpEndpoint("127.0.0.1", address.Port))], cancellation);
            }
            catch (BrokerUnreachableException)
            {
                await Task.Delay(Pause, cancellation);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await Ignore(Docker.Run("rm", "--force", "--volumes", node.Name));
        await Ignore(Docker.Run("network", "rm", name));
    }

    async Task Create(Node node, string image) => await Docker.Run(
        "run", "--detach", "--name", node.Name, "--hostname", node.Name, "--network", name,
        "--publish", $"{node.Address}:{AmqpPort}",
        "--env", "RABBITMQ_DEFAULT_USER=chaos", "--env", "RABBITMQ_DEFAULT_PASS=chaos",
        "--env", $"RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-setcookie {name}", "--env", $"RABBITMQ_CTL_ERL_ARGS=-setcookie {name}",
        image);

    static async Task Join(Node node, Node first, CancellationToken cancellation)
    {
        foreach (var step in (string[][])[["stop_app"], ["join_cluster", $"rabbit@{first.Name}"], ["start_app"]])
            await Docker.Run(["exec", node.Name, "rabbitmqctl", .. step]);
        await UntilItAnswers(node, cancellation);
    }

    static async Task UntilItAnswers(Node node, CancellationToken cancellation)
    {
        var factory = new ConnectionFactory { HostName = "127.0.0.1", Port = node.Address.Port, UserName = "chaos", Password = "chaos" };
        while (true)
        {
            try
            {
                await using var connection = await factory.CreateConnectionAsync(cancellation);
                return;
            }
            catch (BrokerUnreachableException)
            {
                await Task.Delay(Pause, cancellation);
            }
        }
    }

    static async Task Ignore(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    sealed record Node(string Name, int Port)
    {
        public IPEndPoint Address { get; } = new(IPAddress.Loopback, Port);
    }
}
