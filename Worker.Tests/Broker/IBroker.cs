namespace OpenAIWorker.Tests.Broker;

/// <summary>A RabbitMQ server: an address, a container, or a program on this machine.</summary>
interface IBroker : IAsyncDisposable
{
    Uri Uri { get; }

    /// <summary>The management plugin's address, with user and password. Null if unknown.</summary>
    Uri? Management { get; }

    /// <summary>The address of the Prometheus plugin. Null if unknown.</summary>
    Uri? Metrics { get; }

    /// <summary>Its address for TLS. Null unless TLS was requested.</summary>
    Uri? Secure { get; }

    /// <summary>False if the server belongs to somebody else: tests must not stop it.</summary>
    bool CanRestart { get; }

    /// <summary>Returns when the server answers, at the same <see cref="Uri"/> each time.</summary>
    /// <exception cref="NoBrokerException">This source has no broker here.</exception>
    Task Start(CancellationToken cancellation);

    Task Stop(CancellationToken cancellation);

    /// <summary>Runs <c>rabbitmqctl</c> on the server's node.</summary>
    Task Control(IReadOnlyList<string> arguments, CancellationToken cancellation);
}
