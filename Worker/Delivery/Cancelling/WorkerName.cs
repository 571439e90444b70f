namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>One run of the worker, as the others know it.</summary>
sealed class WorkerName
{
    public Guid Id { get; } = Guid.NewGuid();
}
