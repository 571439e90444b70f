using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Handlers;
using OpenAIWorker.Delivery.Lanes;

namespace OpenAIWorker.Delivery.Topology;

/// <summary>Arguments of queues. The broker refuses to change them, so each kind has one home.</summary>
static class QueueArguments
{
    // RabbitMQ 4 drops a message after 20 deliveries unless told otherwise; here the policy decides, not the broker.
    const int NoLimit = 1_000_000_000;

    // Cancellations older than that are forgotten, and so is a job by then: Delivery:MaxAge is a day by default.
    static readonly TimeSpan CancellationsKept = TimeSpan.FromDays(1);
    const long CancellationBytes = 50_000_000;

    /// <summary>
    /// Longer than any job may wait (<c>Delivery:MaxAge</c>), so that no lane with jobs in it is ever forgotten.
    /// </summary>
    public static readonly TimeSpan LanesKept = TimeSpan.FromDays(31);
    const long LaneBytes = 20_000_000;

    // Only the notes of the last few hundred thousand jobs are of use: what came before has come up.
    static readonly TimeSpan WaitsKept = TimeSpan.FromDays(31);
    const long WaitBytes = 100_000_000;

    /// <summary>Longer than any function may take for its answer.</summary>
    public static readonly TimeSpan ToolAnswersKept = TimeSpan.FromHours(2);
    const long ToolAnswerBytes = 500_000_000;

    const long OrderBytes = 20_000_000;

    const int SegmentsOfAStream = 5;

    /// <summary>A queue of jobs, waiting or dead.</summary>
    public static Dictionary<string, object?> Jobs(bool quorum) =>
        quorum ? new() { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = NoLimit } : [];

    /// <summary>
    /// A queue that senders reach, with an expiration if they like. What expires there is handed on to end there, never
    /// dropped.
    /// </summary>
    /// <param name="quorum">Whether it is a quorum queue.</param>
    /// <param name="expired">The exchange of what expired.</param>
    /// <param name="operation">The routing key it then has; null: its own.</param>
    public static Dictionary<string, object?> Entrance(bool quorum, string expired, string? operation)
    {
        var arguments = Jobs(quorum);
        HandOn(arguments, quorum, expired);
        if (operation is not null)
            arguments["x-dead-letter-routing-key"] = operation;
        return arguments;
    }

    /// <summary>The stream of cancellations: read by all, whole, and short enough for every worker's memory.</summary>
    public static Dictionary<string, object?> Cancellations() => Stream(CancellationsKept, CancellationBytes);

    /// <summary>The stream of lanes that have jobs.</summary>
    public static Dictionary<string, object?> Lanes() => Stream(LanesKept, LaneBytes);

    /// <summary>The stream of what workers tell each other of waiting jobs.</summary>
    public static Dictionary<string, object?> Waits() => Stream(WaitsKept, WaitBytes);

    /// <summary>The stream of what functions answered.</summary>
    public static Dictionary<string, object?> ToolAnswers() => Stream(ToolAnswersKept, ToolAnswerBytes);

    /// <summary>
    /// The stream of operators' orders, which hold until they are taken back: some 50,000 are kept, for any time.
    /// </summary>
    public static Dictionary<string, object?> Orders()
    {
        var arguments = Stream(default, OrderBytes);
        arguments.Remove("x-max-age");
        return arguments;
    }

    /// <summary>The stream of the key: nothing in it is ever deleted.</summary>
    public static Dictionary<string, object?> Seal() => new() { ["x-queue-type"] = "stream" };

    /// <summary>
    /// A lane. The broker deletes it when no worker has looked at it for longer than its jobs may wait.
    /// </summary>
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
        // Only whole segments are dropped, and one has 500 MB unless told otherwise: a worker that starts would read
        // them all.
        ["x-stream-max-segment-size-bytes"] = bytes / SegmentsOfAStream,
    };

    /// <summary>
    /// A level of the delay ladder. What it holds is handed on at least once: lost neither to a crash nor to a full
    /// queue.
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
