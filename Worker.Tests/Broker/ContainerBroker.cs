using System.Text;
using Docker.DotNet;
using DotNet.Testcontainers.Builders;
using Microsoft.Extensions.Logging.Abstractions;
using Testcontainers.RabbitMq;

namespace OpenAIWorker.Tests.Broker;

/// <summary>A RabbitMQ container, if a Docker engine answers and has the image or can pull it.</summary>
sealed class ContainerBroker(string image, ServerTls? tls = null) : IBroker
{
    const int ManagementPort = 15672;
    const int MetricsPort = 15692;
    const int SecurePort = 5671;
    const string TlsFolder = "/etc/rabbitmq/tls";
    static readonly TimeSpan PullAndStart = TimeSpan.FromMinutes(5);

    // Docker chooses another random port at each start. A fixed port keeps the address over a restart.
    readonly int port = FreePort.Next();
    RabbitMqContainer? container;
    Uri? uri;

    public Uri Uri => uri ?? throw new InvalidOperationException("The container has not been started.");

    public Uri Management =>
        new(
            $"http://{RabbitMqBuilder.DefaultUsername}:{RabbitMqBuilder.DefaultPassword}@{container!.Hostname}"
                + $":{container.GetMappedPublicPort(ManagementPort)}");

    public Uri Metrics => new($"http://{container!.Hostname}:{container.GetMappedPublicPort(MetricsPort)}");

    public Uri? Secure =>
        tls is null ? null : new(
            $"amqps://{RabbitMqBuilder.DefaultUsername}:{RabbitMqBuilder.DefaultPassword}"
                + $"@localhost:{container!.GetMappedPublicPort(SecurePort)}");

    public bool CanRestart => true;

    public async Task Start(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(PullAndStart);
        try
        {
            container ??= Build();
            await container.StartAsync(patience.Token);
            uri ??= new(container.GetConnectionString());
            await Amqp.UntilItAnswers(uri, patience.Token);
        }
        catch (Exception failure) when (failure
            is DockerUnavailableException or DockerApiException or TimeoutException or OperationCanceledException)
        {
            throw new NoBrokerException($"Docker ({image}): {failure.Message.Split('\n')[0]}", failure);
        }
    }

    public Task Stop(CancellationToken cancellation) => container?.StopAsync(cancellation) ?? Task.CompletedTask;

    public Task Control(IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        container!.ExecAsync(["rabbitmqctl", .. arguments], cancellation);

    public ValueTask DisposeAsync() => container?.DisposeAsync() ?? ValueTask.CompletedTask;

    RabbitMqContainer Build() => WithTls(new RabbitMqBuilder(image)
        .WithPortBinding(port, RabbitMqBuilder.RabbitMqPort)
        .WithPortBinding(ManagementPort, assignRandomHostPort: true)
        .WithPortBinding(MetricsPort, assignRandomHostPort: true)
        .WithEnvironment(ServerArguments.Variable, ServerArguments.Value)
        .WithResourceMapping(Encoding.UTF8.GetBytes(ServerArguments.OpenFiles), ServerArguments.OpenFilesPath)
        .WithLogger(NullLogger.Instance))
        .Build();

    RabbitMqBuilder WithTls(RabbitMqBuilder builder)
    {
        if (tls is null)
            return builder;
        var files = tls.Files.Aggregate(builder, (builder, file) =>
            builder.WithResourceMapping(Encoding.UTF8.GetBytes(file.Text), $"{TlsFolder}/{file.Name}"));
        return files
            .WithPortBinding(SecurePort, assignRandomHostPort: true)
            .WithResourceMapping(Encoding.UTF8.GetBytes(ServerTls.Configuration(SecurePort, TlsFolder)),
                "/etc/rabbitmq/conf.d/90-tls.conf")
            .WithResourceMapping(Encoding.UTF8.GetBytes(RabbitMqPrograms.Plugins(tls)),
                "/etc/rabbitmq/enabled_plugins");
    }
}
