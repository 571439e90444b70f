using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Emulator;
using OpenAIWorker.Settings;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Security;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery.Broker;

/// <summary>A worker and a broker with TLS and their own authority.</summary>
public sealed class TlsSpecs(SecureBroker broker) : IClassFixture<SecureBroker>
{
    const string Job = """{"jobId":"private","model":"m","messages":[{"text":"x"}]}""";

    readonly string prefix = BrokerFixture.NewPrefix();

    [Fact]
    public async Task A_job_is_answered_over_tls_where_the_authority_is_in_the_settings() =>
        await IsAnswered(broker.Uri, broker.Plain, [$"--Broker:CaFile={broker.CaFile}"]);

    [Fact]
    public async Task Headers_that_the_client_cannot_read_are_mended_within_tls_too()
    {
        var header = UnreadableHeader.All[0];
        var (written, sent) = header.Forgery;
        var factory = new ConnectionFactory
        {
            Uri = broker.Plain,
            SocketFactory = ForgingSocket.That(written, sent),
            AutomaticRecoveryEnabled = false
        };
        await using var connection = await factory.CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var channel =
            await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true,
                publisherConfirmationTrackingEnabled: true), TestContext.Current.CancellationToken);
        var queue = (await channel.QueueDeclareAsync($"{prefix}.odd", durable: false, exclusive: false,
            autoDelete: true, cancellationToken: TestContext.Current.CancellationToken)).QueueName;
        await channel.BasicPublishAsync("", queue, mandatory: true, header.Properties("odd"), "{}"u8.ToArray(),
            TestContext.Current.CancellationToken);

        await using var secure = await BrokerConnection.Open(new() { Uri = $"{broker.Uri}", CaFile = broker.CaFile },
            "test", TestContext.Current.CancellationToken);
        await using var reading =
            await secure.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("odd", (await reading.BasicGetAsync(queue, autoAck: true,
            TestContext.Current.CancellationToken))!.BasicProperties.MessageId);
    }

    [Fact]
    public async Task A_broker_of_an_unknown_authority_is_refused_with_the_setting_that_cures_it()
    {
        var refusal = await Refusal(new BrokerOptions { Uri = $"{broker.Uri}" });

        Assert.Contains("signed by 'CN=the tests', leads to no authority that this worker trusts", refusal,
            StringComparison.Ordinal);
        Assert.Contains("Set Broker:CaFile", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_stops_at_a_broker_that_it_does_not_trust() =>
        Assert.Contains("Set Broker:CaFile",
            (await Assert.ThrowsAsync<SettingsException>(() => BrokerWorker.Start(broker.Uri, prefix, null))).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task Authorities_of_the_settings_are_the_only_ones()
    {
        var other = TestCertificate.Authority("somebody else").WriteTo(broker.Folder);

        Assert.Contains($"Put the certificate of the root authority into Broker:CaFile ({other}).",
            await Refusal(new BrokerOptions { Uri = $"{broker.Uri}", CaFile = other }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_of_another_name_is_refused_unless_that_name_is_in_the_settings()
    {
        var byAddress = new BrokerOptions
        {
            Uri = $"{broker.Uri}"
            .Replace("localhost", "127.0.0.1", StringComparison.Ordinal),
            CaFile = broker.CaFile
        };

        Assert.Contains("is not for '127.0.0.1', but for 'localhost'", await Refusal(byAddress),
            StringComparison.Ordinal);
        await using var connection = await BrokerConnection.Open(byAddress with { ServerName = "localhost" }, "test",
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_bus_itself_trusts_no_other_authority()
    {
        var builder = WorkerHost.Worker([$"--Broker:Uri={broker.Uri}", $"--Broker:Prefix={prefix}",
            .. TestSettings.For(null), "--Logging:LogLevel:Default=Warning"]);
        // The worker's own connections connect before the bus, and would stop it.
        var own = builder.Services.Where(service => service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Namespace?.StartsWith("MassTransit", StringComparison.Ordinal) != true);
        foreach (var first in own.ToList())
            builder.Services.Remove(first);
        var log = new LogWatch("leads to no authority that this worker trusts");
        builder.Logging.AddProvider(log);
        using var host = builder.Build();
        using var enough = new CancellationTokenSource();

        var start = host.StartAsync(enough.Token);

        await log.Seen;
        await enough.CancelAsync();
        await start.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public async Task A_certificate_takes_the_place_of_user_and_password()
    {
        var user = $"{prefix}-worker";
        using var management = broker.Management;
        await management.NewUser(user);
        await management.Permit("/", user, ".*", ".*", ".*");
        var certificate = broker.Authority.Sign(user).WriteTo(broker.Folder, withKey: true);

        await IsAnswered(new($"amqps://localhost:{broker.Uri.Port}"), broker.Plain,
            [$"--Broker:CaFile={broker.CaFile}", $"--Broker:CertificateFile={certificate}"]);
    }

    [Fact]
    public async Task A_certificate_of_somebody_elses_authority_does_not_log_in()
    {
        var certificate = TestCertificate.Authority("somebody else").Sign("worker")
            .WriteTo(broker.Folder, withKey: true);

        var refusal = await Refusal(new BrokerOptions
        {
            Uri = $"amqps://localhost:{broker.Uri.Port}",
            CaFile = broker.CaFile,
            CertificateFile = certificate
        });

        Assert.Contains($"localhost:{broker.Uri.Port} breaks the connection during TLS", refusal,
            StringComparison.Ordinal);
        Assert.Contains($"needs one in Broker:CertificateFile that its own authorities signed (now {certificate})",
            refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("a/b c%")]
    public async Task A_virtual_host_may_have_any_name(string name)
    {
        var path = $"{(name == "/" ? "" : prefix)}{name}";
        using var management = broker.Management;
        if (name != "/")
            await management.NewVirtualHost(path);
        var escaped = Uri.EscapeDataString(path);

        await IsAnswered(new($"{broker.Uri.GetLeftPart(UriPartial.Authority)}/{escaped}"),
            new($"{broker.Plain.GetLeftPart(UriPartial.Authority)}/{escaped}"), [$"--Broker:CaFile={broker.CaFile}"]);
    }

    [Fact]
    public async Task Another_node_is_found_where_the_first_is_dead()
    {
        var dead = $"{broker.Uri.Scheme}://{broker.Uri.UserInfo}@localhost:{FreePort.Next()}";

        await IsAnswered(new(dead), broker.Plain,
            [$"--Broker:Nodes=localhost:{FreePort.Next()}, localhost:{broker.Uri.Port}",
                $"--Broker:CaFile={broker.CaFile}"]);
    }

    [Fact]
    public async Task Tls_at_a_port_without_it_is_told()
    {
        var refusal = await Refusal(
            new BrokerOptions { Uri = $"amqps://localhost:{broker.Plain.Port}", CaFile = broker.CaFile });

        Assert.Contains("a port without TLS needs amqp:// in Broker:Uri", refusal, StringComparison.Ordinal);
    }

    async Task IsAnswered(Uri address, Uri plain, IReadOnlyList<string> settings)
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(address, prefix, emulator, settings);
        await using var client = await AmqpClient.Open(plain, prefix);
        await client.Publish("message-model", Job);

        Assert.Equal("message-model.completed", (await client.Ending("private")).RoutingKey);
    }

    static async Task<string> Refusal(BrokerOptions options) =>
        (await Assert.ThrowsAsync<BrokerUnavailableException>(() =>
            BrokerConnection.Open(options, "test", TestContext.Current.CancellationToken))).Message;
}
