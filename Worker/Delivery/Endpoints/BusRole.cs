using OpenAIWorker.Operations;

namespace OpenAIWorker.Delivery.Endpoints;

/// <summary>
/// What a process takes from the broker: a worker the jobs of its operations, a client the events about its own jobs.
/// </summary>
/// <param name="Operations">The operations whose jobs are run here.</param>
/// <param name="Replies">The client's queue.</param>
/// <param name="RepliesKept">How long that queue outlives its client.</param>
sealed record BusRole(IReadOnlyList<Operation> Operations, string? Replies, TimeSpan RepliesKept);
