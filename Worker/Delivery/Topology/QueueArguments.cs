using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Handlers;
using OpenAIWorker.Delivery.Lanes;

namespace OpenAIWorker.Delivery.Topology;

/// <summary>Arguments of queues. The broker refuses to change them, so each kind is defined in one place.</summary>
static class QueueArguments
{
    // RabbitMQ 4 drops a message after 20 deliveries by default; here the policy decides, not the broker.
    const int NoLimit = 1_000_000_000;

    // Older cancellations are forgotten, and so are the jobs by then: Delivery:MaxAge is a day by default.
    static readonly TimeSpan CancellationsKept = TimeSpan.FromDays(1);
    const long CancellationBytes = 50_000_000;

    /// <summary>
    /// Longer than any job may wait (<c>Delivery:MaxAge</c>), so that no lane with jobs is ever deleted.
    /// </summary>
    public static readonly TimeSpan LanesKept = TimeSpan.FromDays(31);
    const long LaneBytes = 20_000_000;

    // Only the notes of the last few hundred thousand jobs are useful: older jobs have been delivered.
    static readonly TimeSpan WaitsKept = TimeSpan.FromDays(31);
    const long WaitBytes = 100_000_000;

    /// <summary>Longer than any function may take to answer.</summary>
    public static readonly TimeSpan ToolAnswersKept = TimeSpan.FromHours(2);
    const long ToolAnswerBytes = 500_000_000;

    const long OrderBytes = 20_000_000;

    const int SegmentsOfAStream = 5;

    /// <summary>A queue of jobs, waiting or dead.</summary>
    public static Dictionary<string, object?> Jobs(bool quorum) =>
        quorum ? new() { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = NoLimit } : [];

    /// <summary>
    /// A queue that senders reach, optionally with an expiration. Expired jobs are forwarded so that they end as
    /// failed; they are never dropped.
    /// </summary>
    /// <param name="quorum">Whether it is a quorum queue.</param>
    /// <param name="expired">The exchange for expired jobs.</param>
    /// <param name="operation">The routing key of an expired job; null: its own.</param>
    public static Dictionary<string, object?> Entrance(bool quorum, string expired, string? operation)
    {
        var arguments = Jobs(quorum);
        HandOn(arguments, quorum, expired);
        if (operation is not null)
            arguments["x-dead-letter-routing-key"] = operation;
        return arguments;
    }

    /// <summary>
    /// The stream of cancellations. All workers read it completely, so it must fit into a worker's memory.
    /// </summary>
    public static Dictionary<string, object?> Cancellations() => Stream(CancellationsKept, CancellationBytes);

    /// <summary>The stream of lanes that have jobs.</summary>
    public static Dictionary<string, object?> Lanes() => Stream(LanesKept, LaneBytes);

    /// <summary>The stream of notes between workers about waiting jobs.</summary>
    public static Dictionary<string, object?> Waits() => Stream(WaitsKept, WaitBytes);

    /// <summary>The stream of functions' answers.</summary>
    public static Dictionary<string, object?> ToolAnswers() => Stream(ToolAnswersKept, ToolAnswerBytes);

    /// <summary>
    /// The stream of operators' orders, which apply until they are cancelled: about 50,000 are kept, for any time.
    /// </summary>
    public static Dictionary<string, object?> Orders()
    {
        var arguments = Stream(default, OrderBytes);
        arguments.Remove("x-max-age");
        return arguments;
    }

    /// <summary>The stream of the key, in which nothing is ever deleted.</summary>
    public static Dictionary<string, object?> Seal() => new() { ["x-queue-type"] = "stream" };

    /// <summary>A lane. The broker deletes it when no worker has used it for longer than its jobs may wait.</summary>
    public static Dictionary<string, object?> Lane(bool quorum)
    {
        var arguments = Jobs(quorum);
        arguments["x-expires"] = (long)LanesKept.TotalMilliseconds;
        return arguments;
    }

    static Dictionary<string, object?> Stream(TimeSpan kept, long bytes) => new()
    {
        ["x-queue-type"] = "stream",
        ["x-max-age"] = $"{kept.TotalSeconds}s",
        ["x-max-length-bytes"] = bytes,
        // A stream drops only whole segments. The default of 500 MB would make a starting worker read all of it.
        ["x-stream-max-segment-size-bytes"] = bytes / SegmentsOfAStream,
    };

    /// <summary>
    /// A level of the delay ladder. It forwards messages at least once: neither a crash nor a full queue loses them.
    /// </summary>
    public static Dictionary<string, object?> Level(bool quorum, TimeSpan delay, string next)
    {
        var arguments = new Dictionary<string, object?> { ["x-message-ttl"] = (long)delay.TotalMilliseconds };
        if (quorum)
            arguments["x-queue-type"] = "quorum";
        HandOn(arguments, quorum, next);
        return arguments;
    }

    static void HandOn(Dictionary<string, object?> arguments, bool quorum, string exchange)
    {
        arguments["x-dead-letter-exchange"] = exchange;
        if (!quorum)
            return;
        arguments["x-dead-letter-strategy"] = "at-least-once";
        arguments["x-overflow"] = "reject-publish";
    }
}
