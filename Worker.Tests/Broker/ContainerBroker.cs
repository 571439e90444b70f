using System.Text;
using Docker.DotNet;
using DotNet.Testcontainers.Builders;
using Microsoft.Extensions.Logging.Abstractions;
using Testcontainers.RabbitMq;

namespace OpenAIWorker.Tests.Broker;

/// <summary>A RabbitMQ container, if a Docker engine answers and has the image or can pull it.</summary>
sealed class ContainerBroker(string image) : IBroker
{
    const int ManagementPort = 15672;
    const int MetricsPort = 15692;
    static readonly TimeSpan PullAndStart = TimeSpan.FromMinutes(5);

    // Docker gives a random port anew at each start: a fixed one keeps the address over a restart.
    readonly int port = FreePort.Next();
    RabbitMqContainer? container;
    Uri? uri;

    public Uri Uri => uri ?? throw new InvalidOperationException("The container has not been started.");

    public Uri Management => new($"http://{RabbitMqBuilder.DefaultUsername}:{RabbitMqBuilder.DefaultPassword}@{container!.Hostname}:{container.GetMappedPublicPort(ManagementPort)}");

    public Uri Metrics => new($"http://{container!.Hostname}:{container.GetMappedPublicPort(MetricsPort)}");

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

    public ValueTask DisposeAsync() => container?.DisposeAsync() ?? ValueTask.CompletedTask;

    RabbitMqContainer Build() => new RabbitMqBuilder(image)
        .WithPortBinding(port, RabbitMqBuilder.RabbitMqPort)
        .WithPortBinding(ManagementPort, assignRandomHostPort: true)
        .WithPortBinding(MetricsPort, assignRandomHostPort: true)
        .WithEnvironment(ServerArguments.Variable, ServerArguments.Value)
        .WithResourceMapping(Encoding.UTF8.GetBytes(ServerArguments.OpenFiles), ServerArguments.OpenFilesPath)
        .WithLogger(NullLogger.Instance)
        .Build();
}
