using System.Net;
using System.Net.Sockets;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Rig;

/// <summary>One RabbitMQ, or a cluster, in containers that are removed at the end.</summary>
public sealed class Broker : IAsyncDisposable
{
    const int AmqpPort = 5672;
    const string User = "rig";
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    readonly string name = $"rig-{Guid.NewGuid():N}"[..12];
    readonly IReadOnlyList<Node> nodes;
    readonly BrokerNetwork network;

    Broker(int count, BrokerNetwork network)
    {
        if (network is BrokerNetwork.Machine && count > 1)
            throw new ArgumentException($"On the machine's own network there is one node, not {count}.", nameof(count));
        (nodes, this.network) = (
            [.. Enumerable.Range(1, count).Select(number => new Node($"{name}-{number}", FreePort()))], network);
    }

    /// <summary>The image that is used unless another is given. RABBITMQ_IMAGE changes it.</summary>
    public static string DefaultImage =>
        Environment.GetEnvironmentVariable("RABBITMQ_IMAGE") ?? "rabbitmq:4-management";

    /// <summary>The addresses of the nodes.</summary>
    public IReadOnlyList<IPEndPoint> Addresses => [.. nodes.Select(node => node.Address)];

    /// <summary>The address for a worker, at a node or at a proxy in front of it.</summary>
    public static string UriAt(int port) => $"amqp://{User}:{User}@127.0.0.1:{port}/";

    /// <summary>Returns when all nodes answer.</summary>
    public static async Task<Broker> Start(string image, int count, CancellationToken cancellation,
        BrokerNetwork network = BrokerNetwork.Own)
    {
        var broker = new Broker(count, network);
        try
        {
            if (network is BrokerNetwork.Own)
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

    /// <summary>As after a loss of power: the process is killed, and started again with its disk.</summary>
    /// <returns>The node's name.</returns>
    public async Task<string> Restart(int number)
    {
        var node = nodes[number % nodes.Count];
        await Docker.Run("restart", "--time", "0", node.Name);
        return node.Name;
    }

    /// <summary>Deletes all queues and exchanges, so that the next measurement starts with an empty broker.</summary>
    public Task Empty() => Docker.Run(
        "exec", nodes[0].Name, "sh", "-c",
        $"rabbitmqctl delete_vhost / && rabbitmqctl add_vhost / && rabbitmqctl set_permissions {User} '.*' '.*' '.*'");

    /// <summary>What the first node has taken of the machine since its start, and holds now.</summary>
    public async Task<BrokerUse> Use() => BrokerUse.Of(await Docker.Run("exec", nodes[0].Name, "sh", "-c",
        "for p in /proc/[0-9]*; do if [ \"$(cat $p/comm)\" = beam.smp ]; then cat $p/stat $p/statm; getconf PAGESIZE; "
            + "fi; done"));

    /// <summary>How many queues it has.</summary>
    public async Task<int> Queues() => (await Docker.Run("exec", nodes[0].Name, "rabbitmqctl", "list_queues", "name",
        "--silent", "--no-table-headers")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>A separate connection, so that the counting is not disturbed.</summary>
    public async Task<IConnection> Connect(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                var factory = new ConnectionFactory
                {
                    UserName = User,
                    Password = User,
                    NetworkRecoveryInterval = Pause,
                    ClientProvidedName = User
                };
                return await factory.CreateConnectionAsync(
                    [.. Addresses.Select(address => new AmqpTcpEndpoint("127.0.0.1", address.Port))], cancellation);
            }
            catch (BrokerUnreachableException)
            {
                await Task.Delay(Pause, cancellation);
            }
        }
    }

    /// <summary>Removes the containers and their data.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await Ignore(Docker.Run("rm", "--force", "--volumes", node.Name));
        if (network is BrokerNetwork.Own)
            await Ignore(Docker.Run("network", "rm", name));
    }

    async Task Create(Node node, string image)
    {
        var erlang = $"-setcookie {name}"
            + (network is BrokerNetwork.Machine ? " -kernel inet_dist_use_interface {127,0,0,1}" : "");
        await Docker.Run(
        [
            "run", "--detach", "--name", node.Name,
            .. network is BrokerNetwork.Machine ? OnTheMachine(node) : Inside(node),
            "--env", $"RABBITMQ_DEFAULT_USER={User}", "--env", $"RABBITMQ_DEFAULT_PASS={User}",
            "--env", $"RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS={erlang}", "--env", $"RABBITMQ_CTL_ERL_ARGS={erlang}",
            image,
        ]);
    }

    string[] Inside(Node node) =>
        ["--hostname", node.Name, "--network", name, "--publish", $"{node.Address}:{AmqpPort}"];

    // Only AMQP, and unreachable for other machines.
    static string[] OnTheMachine(Node node) =>
    [
        "--network", "host", "--env", $"RABBITMQ_NODENAME={node.Name}@localhost",
        "--env", $"RABBITMQ_NODE_IP_ADDRESS={node.Address.Address}", "--env", $"RABBITMQ_NODE_PORT={node.Port}",
        // By default rabbitmqctl listens 10,000 ports above the node's own, which may be above 65,535. 0 is any port.
        "--env", $"RABBITMQ_DIST_PORT={FreePort()}", "--env", "RABBITMQ_CTL_DIST_PORT_MIN=0", "--env",
        "RABBITMQ_CTL_DIST_PORT_MAX=0",
        "--env", $"ERL_EPMD_ADDRESS={node.Address.Address}", "--env", "RABBITMQ_ENABLED_PLUGINS_FILE=/tmp/no-plugins",
    ];

    static async Task Join(Node node, Node first, CancellationToken cancellation)
    {
        foreach (var step in (string[][])[["stop_app"], ["join_cluster", $"rabbit@{first.Name}"], ["start_app"]])
            await Docker.Run(["exec", node.Name, "rabbitmqctl", .. step]);
        await UntilItAnswers(node, cancellation);
    }

    static async Task UntilItAnswers(Node node, CancellationToken cancellation)
    {
        var factory = new ConnectionFactory
        {
            HostName = "127.0.0.1",
            Port = node.Address.Port,
            UserName = User,
            Password = User
        };
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
