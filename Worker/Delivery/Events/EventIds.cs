using System.Security.Cryptography;
using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Events;

/// <summary>Message ids that stay the same however often an event is published.</summary>
static class EventIds
{
    /// <summary>
    /// The id contains the kind of ending: the success of a replayed job is not a copy of its failure.
    /// </summary>
    public static Guid OfEnding(IJobEnding ending) => Hash($"{ending.Ending} {ending.Operation}\n{ending.JobId}");

    /// <summary>
    /// The failure of a job whose id belongs to another request: it is not a copy of that request's ending.
    /// </summary>
    public static Guid OfConflict(IJobEnding ending, string requestHash) =>
        Hash($"{ending.Ending} {ending.Operation}\n{requestHash}\n{ending.JobId}");

    public static Guid OfGroup(GroupCompleted group) => Hash($"group\n{group.Tenant}\n{group.Group}");

    public static Guid OfDelay(string jobId, int wait) => Hash($"delay {wait}\n{jobId}");

    // MassTransit reads a time from the ids of plain JSON messages. This bit makes the time invalid, so that it reads
    // none instead of a wrong one.
    static Guid Hash(string text)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16);
        hash[10] |= 0x80;
        return new(hash);
    }
}
