using System.Collections.Concurrent;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Clients;

namespace OpenAIWorker.Tests.Cli.Batch;

/// <summary>A client that answers like the fake one, and keeps the jobs.</summary>
sealed class KeepingClient : IJobClient
{
    readonly FakeClient inner = new();

    public ConcurrentQueue<JobRequest> Jobs { get; } = new();

    public IEnumerable<MessageModel> Messages => Jobs.OfType<MessageModel>();

    public bool IsEmbedded => true;

    public int Running => 0;

    public string? Away => null;

    public event Action<CredentialPaused>? Paused
    {
        add => inner.Paused += value;
        remove => inner.Paused -= value;
    }

    public Task<IReadOnlyList<string>> Refusals(IReadOnlyList<string> credentials, CancellationToken cancellation) =>
        inner.Refusals(credentials, cancellation);

    public Task<int?> Workers(CancellationToken cancellation) => inner.Workers(cancellation);

    public Task Receive(Func<JobEvent, Task> onEvent, CancellationToken cancellation) =>
        inner.Receive(onEvent, cancellation);

    public Task Send(JobRequest job, CancellationToken cancellation)
    {
        Jobs.Enqueue(job);
        return inner.Send(job, cancellation);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
