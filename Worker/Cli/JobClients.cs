using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli;

/// <summary>Clients of the bus that the settings name.</summary>
static class JobClients
{
    /// <summary>A client of the broker, or, if no broker is set, of a worker inside this process.</summary>
    /// <param name="settings">Settings as <c>--Broker:Uri=…</c>.</param>
    /// <param name="replies">The name of the client's queue: the same name finds the events that arrived while the
    /// client was away. Null: no events.</param>
    /// <param name="kept">How long the queue is kept while the client is away.</param>
    /// <param name="again">When its jobs were sent again on purpose: older cancellations do not apply to them. Null:
    /// they were not.</param>
    public static IJobClient Open(IReadOnlyList<string> settings, string? replies, TimeSpan kept,
        DateTimeOffset? again = null)
    {
        var builder = WorkerHost.Settings(settings);
        var broker = builder.Configuration.Read<BrokerOptions>();
        if (broker.IsEmbedded)
            builder = WorkerHost.Worker(settings);
        else
            builder.Services.AddReplies(broker, replies is null ? null : $"{broker.Prefix}.replies.{replies}", kept);
        // By default a host handles Ctrl-C and SIGTERM itself; here that would stop it and leave the verb waiting for
        // ever.
        builder.Services.AddSingleton<IHostLifetime, VerbLifetime>();
        return new JobClient(builder.Build(), again);
    }

    /// <summary>The host lives as long as the verb that opened the client.</summary>
    sealed class VerbLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
