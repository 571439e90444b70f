using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Broker.Watching;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Endpoints;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Orders;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Delivery.Clients;

/// <summary>A client on the bus of its own host. With the embedded transport this host also runs the worker.</summary>
/// <param name="host">The host.</param>
/// <param name="again">When its jobs were sent again on purpose; null if they were not.</param>
sealed class JobClient(IHost host, DateTimeOffset? again = null) : IJobClient
{
    readonly JobSender sender = host.Services.GetRequiredService<JobSender>();
    readonly string? replies = host.Services.GetRequiredService<BusRole>().Replies;
    readonly RunningCalls? calls = host.Services.GetService<RunningCalls>();

    // A sender that sends a failed job again wants a new call.
    readonly string replay = Guid.NewGuid().ToString();
    readonly BrokerConnectionState broker = host.Services.GetRequiredService<BrokerConnectionState>();
    volatile bool isStarted, isEnding;

    public bool IsEmbedded { get; } = host.Services.GetRequiredService<IOptions<BrokerOptions>>().Value.IsEmbedded;

    public event Action<CredentialPaused>? Paused
    {
        add => host.Services.GetRequiredService<EventInbox>().Paused += value;
        remove => host.Services.GetRequiredService<EventInbox>().Paused -= value;
    }

    public int Running => calls?.Running ?? 0;

    public string? Away => isStarted && !isEnding && replies is not null && !IsEmbedded && !broker.IsUp
        ? broker.Reason ?? "the connection broke"
        : null;

    public async Task<IReadOnlyList<string>> Refusals(IReadOnlyList<string> credentials, CancellationToken cancellation)
    {
        if (IsEmbedded)
            return await host.Services.GetRequiredService<OpenAIClients>().Refusals(credentials, cancellation);
        var broker = await BrokerProbe.Run(host.Services.GetRequiredService<IOptions<BrokerOptions>>().Value,
            host.Services.GetRequiredService<TopologyDeclaration>(), cancellation);
        return broker.IsGood ? [] : [$"The {broker.What} does not accept jobs: {broker.Says.TrimEnd('.')}."];
    }

    public async Task<int?> Workers(CancellationToken cancellation)
    {
        if (IsEmbedded)
            return null;
        try
        {
            await using var connection = await BrokerConnection.Open(
                host.Services.GetRequiredService<IOptions<BrokerOptions>>().Value, "count", cancellation);
            return await WorkerCount.Of(connection, host.Services.GetRequiredService<QueueNames>(), cancellation);
        }
        catch (Exception away) when (away is BrokerUnavailableException or SettingsException
            || BrokerConnectionFailure.IsOfBroker(away))
        {
            return null;
        }
    }

    public async Task Receive(Func<JobEvent, Task> onEvent, CancellationToken cancellation)
    {
        host.Services.GetRequiredService<EventInbox>().Open(onEvent);
        await host.StartAsync(cancellation);
        isStarted = true;
    }

    public Task Send(JobRequest job, CancellationToken cancellation) =>
        sender.Send(job, replies, replay, again, cancellation);

    public async ValueTask DisposeAsync()
    {
        // It leaves the broker by itself.
        isEnding = true;
        // If the start failed, it has reported why; stopping would report something else.
        if (isStarted)
            await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
