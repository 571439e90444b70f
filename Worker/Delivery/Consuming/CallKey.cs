using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Consuming;

/// <summary>
/// Identifies a call. A job may be delivered for another attempt or step before the last one is forgotten. Senders
/// choose ids, and must not receive another sender's answer by using its id: so it is the same job only if the body is
/// the same.
/// </summary>
readonly record struct CallKey(string Operation, string Job, int Waits, int Step, Guid Body)
{
    public static CallKey Of(Job job) => new(job.Operation, job.Id, job.Waits, job.State?.Step ?? 0, job.BodyHash);
}
