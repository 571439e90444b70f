using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Delivery.Admission;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Settlement;

namespace OpenAIWorker.Tests.Delivery.Records;

/// <summary>Lets a test hold jobs before or after they are claimed.</summary>
/// <param name="ask">Asks the gate.</param>
sealed class AroundRecordGate(Func<IJobGate, Arrival, JobCalls, ValueTask<Verdict?>> ask)
{
    readonly TaskCompletionSource held = new();

    /// <summary>Completes when a job is held.</summary>
    public Task Held => held.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public void Holds() => held.TrySetResult();

    /// <summary>Puts it into a worker that starts.</summary>
    public void Use(IServiceCollection services)
    {
        var at = services.IndexOf(services.Single(service => service.ImplementationType == typeof(RecordGate)));
        services[at] = ServiceDescriptor.Singleton<IJobGate>(provider => new Gate(
            ActivatorUtilities.CreateInstance<RecordGate>(provider), provider.GetRequiredService<JobCalls>(), ask));
    }

    sealed class Gate(RecordGate inner, JobCalls calls, Func<IJobGate, Arrival, JobCalls, ValueTask<Verdict?>> ask)
        : IJobGate
    {
        public ValueTask<Verdict?> Ask(Arrival arrival) => ask(inner, arrival, calls);
    }
}
