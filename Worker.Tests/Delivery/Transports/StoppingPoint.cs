using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenAIWorker.Delivery.Transports;

namespace OpenAIWorker.Tests.Delivery.Transports;

/// <summary>Where a worker on RabbitMQ stands still for ever: see <see cref="StoppingTransport"/>.</summary>
sealed class StoppingPoint(Window window)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    StoppingTransport? transport;

    /// <summary>Puts it into a worker that starts.</summary>
    public void Use(IServiceCollection services) =>
        services.Replace(ServiceDescriptor.Singleton<ITransport>(provider =>
            transport = new(ActivatorUtilities.CreateInstance<RabbitMqTransport>(provider), window)));

    /// <summary>Completes when the worker stands there.</summary>
    public Task Reached() => transport!.Reached.WaitAsync(Patience, TestContext.Current.CancellationToken);
}
