using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Tests.Broker;

/// <summary>A broker that runs already and is only borrowed.</summary>
sealed class UriBroker(Uri uri, Uri? management = null) : IBroker
{
    // 5672 and 15672.
    const int AmqpPort = 5672;
    const int ManagementDistance = 10_000;

    public Uri Uri => uri;

    public Uri Management => management ?? new UriBuilder("http", uri.Host, (uri.Port > 0 ? uri.Port : AmqpPort) + ManagementDistance) { UserName = uri.UserInfo.Split(':')[0], Password = uri.UserInfo.Split(':')[^1] }.Uri;

    public bool CanRestart => false;

    public async Task Start(CancellationToken cancellation)
    {
        try
        {
            await using var connection = await Amqp.Connect(uri, cancellation);
        }
        catch (BrokerUnreachableException refusal)
        {
            throw new NoBrokerException($"RABBITMQ_URI ({uri.Host}:{uri.Port}): {refusal.GetBaseException().Message}.", refusal);
        }
    }

    public Task Stop(CancellationToken cancellation) => throw new NotSupportedException("A borrowed broker is not stopped.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
