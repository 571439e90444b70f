namespace OpenAIWorker.Tests.Broker;

/// <summary>A RabbitMQ server, wherever it comes from: an address, a container, a program on this machine.</summary>
interface IBroker : IAsyncDisposable
{
    Uri Uri { get; }

    /// <summary>The management plugin's address, with user and password. Null where none is known.</summary>
    Uri? Management { get; }

    /// <summary>What the Prometheus plugin serves. Null where none is known.</summary>
    Uri? Metrics { get; }

    /// <summary>Its address for TLS. Null unless it was asked for.</summary>
    Uri? Secure { get; }

    /// <summary>False where the server belongs to somebody else: a test must not stop it.</summary>
    bool CanRestart { get; }

    /// <summary>Returns when the server answers, at the same <see cref="Uri"/> each time.</summary>
    /// <exception cref="NoBrokerException">This source has none to offer here.</exception>
    Task Start(CancellationToken cancellation);

    Task Stop(CancellationToken cancellation);

    /// <summary>Runs <c>rabbitmqctl</c> on the server's node.</summary>
    Task Control(IReadOnlyList<string> arguments, CancellationToken cancellation);
}
