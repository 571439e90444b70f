using System.Diagnostics;

namespace OpenAIWorker.Tests.Broker;

/// <summary>RabbitMQ's programs for a separate node with its own name, ports, folder and cookie.</summary>
sealed class RabbitMqPrograms(string home, int port)
{
    // Debian's programs in /usr/sbin change to the user rabbitmq; the ones that they call run as the current user.
    static readonly string[] Folders =
    [
        "/usr/lib/rabbitmq/bin",
        .. (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        "/usr/sbin",
        "/opt/homebrew/sbin",
    ];

    readonly Dictionary<string, string> variables = new()
    {
        ["HOME"] = home,
        ["RABBITMQ_NODENAME"] = $"tests-{port}@localhost",
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = $"{port}",
        ["RABBITMQ_DIST_PORT"] = $"{FreePort.Next()}",
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(home, "data"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(home, "log"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(home, "rabbitmq"),
        ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(home, "rabbitmq-env.conf"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(home, "plugins"),
        [ServerArguments.Variable] = ServerArguments.Value,
        ["RABBITMQ_CTL_ERL_ARGS"] = ServerArguments.Sleeping,
        // Erlang's name server outlives the node that started it. A separate one can be ended with the node.
        ["ERL_EPMD_PORT"] = $"{FreePort.Next()}",
    };

    public static string? Folder { get; } = Folders.FirstOrDefault(folder =>
        File.Exists(Path.Combine(folder, "rabbitmq-server")));

    /// <summary>The enabled plugins: management and Prometheus, and with TLS the login by certificate.</summary>
    public static string Plugins(ServerTls? tls) => tls is null
        ? "[rabbitmq_management,rabbitmq_prometheus]."
        : "[rabbitmq_management,rabbitmq_prometheus,rabbitmq_auth_mechanism_ssl].";

    /// <summary>Writes the server's configuration.</summary>
    public async Task Configure(int managementPort, int metricsPort, ServerTls? tls, int securePort,
        CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(variables["RABBITMQ_ENABLED_PLUGINS_FILE"], Plugins(tls), cancellation);
        foreach (var (name, text) in tls?.Files ?? [])
            await File.WriteAllTextAsync(Path.Combine(home, name), text, cancellation);
        await File.WriteAllTextAsync($"{variables["RABBITMQ_CONFIG_FILE"]}.conf",
            $"management.tcp.ip = 127.0.0.1\nmanagement.tcp.port = {managementPort}\nprometheus.tcp.ip = "
                + "127.0.0.1\nprometheus.tcp.port = "
                + $"{metricsPort}\n{(tls is null ? "" : ServerTls.Configuration(securePort, home))}", cancellation);
    }

    public Process Start(string program, params string[] arguments)
    {
        var inRabbitMq = Path.Combine(Folder ?? "", program);
        var start = new ProcessStartInfo(File.Exists(inRabbitMq) ? inRabbitMq : program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
    }
}
