using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Tests.Broker;

/// <summary>A running broker that is only borrowed.</summary>
sealed class UriBroker(Uri uri, Uri? management, Uri? metrics) : IBroker
{
    public Uri Uri => uri;

    public Uri? Management => management;

    public Uri? Metrics => metrics;

    public Uri? Secure => null;

    public bool CanRestart => false;

    public async Task Start(CancellationToken cancellation)
    {
        try
        {
            await using var connection = await Amqp.Connect(uri, cancellation);
        }
        catch (BrokerUnreachableException refusal)
        {
            throw new NoBrokerException($"RABBITMQ_URI ({uri.Host}:{uri.Port}): {refusal.GetBaseException().Message}.",
                refusal);
        }
    }

    public Task Stop(CancellationToken cancellation) =>
        throw new NotSupportedException("A borrowed broker is not stopped.");

    public Task Control(IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        throw new NotSupportedException("A borrowed broker's settings are not changed.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
