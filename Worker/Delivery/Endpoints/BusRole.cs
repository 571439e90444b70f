using OpenAIWorker.Operations;

namespace OpenAIWorker.Delivery.Endpoints;

/// <summary>
/// What a process receives from the broker: a worker the jobs of its operations, a client the events of its own jobs.
/// </summary>
/// <param name="Operations">The operations that run here.</param>
/// <param name="Replies">The client's queue.</param>
/// <param name="RepliesKept">How long this queue is kept while its client is away.</param>
sealed record BusRole(IReadOnlyList<Operation> Operations, string? Replies, TimeSpan RepliesKept);
