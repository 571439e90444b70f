using OpenAIWorker.Contracts;

namespace OpenAIWorker.Delivery.Clients;

/// <summary>Receives the events for this process's own client, from either transport.</summary>
sealed class EventInbox
{
    Func<JobEvent, Task> handler = _ => Task.CompletedTask;

    public void Open(Func<JobEvent, Task> onEvent) => handler = onEvent;

    /// <summary>A credential was paused.</summary>
    public event Action<CredentialPaused>? Paused;

    public void Pause(CredentialPaused paused) => Paused?.Invoke(paused);

    public Task Deliver(JobEvent arrived) => handler(arrived);
}
