using System.Collections.Frozen;
using MassTransit;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Broker.Fast;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Handlers;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Delivery.Topology;

/// <summary>The names in the broker, all from one prefix.</summary>
sealed class QueueNames(IOptions<BrokerOptions> options)
{
    /// <summary>The operation that events carry about jobs of none.</summary>
    public const string UnknownOperation = "unknown";

    const string LaneMark = ".lane.";

    // The first word behind the prefix, of every queue that the worker reads or keeps.
    static readonly FrozenSet<string> OwnWords = OperationCatalog.All.Select(operation => operation.Name)
        .Concat([UnknownOperation, "expired", "cancellations", "lanes", "tool-answers", "orders", "workers", "waits",
            "delay", "seal", "nowhere"]).ToFrozenSet();

    readonly string prefix = options.Value.Prefix;

    /// <summary>Direct exchange that any client may declare: routing key = operation.</summary>
    public string Jobs => $"{prefix}.jobs";

    /// <summary>
    /// Topic exchange: routing key = operation, dot, <c>completed</c>, <c>failed</c> or <c>delayed</c>.
    /// </summary>
    public string Events => $"{prefix}.events";

    /// <summary>Stream of cancellations, which every worker reads whole.</summary>
    public string Cancellations => $"{prefix}.cancellations";

    /// <summary>
    /// Fanout exchange and queue of jobs whose routing key is no operation, or whose queue was not bound yet.
    /// </summary>
    public string Unknown => $"{prefix}.unknown";

    /// <summary>Fanout exchange and queue of jobs whose AMQP expiration was over before a worker took them.</summary>
    public string Expired => $"{prefix}.expired";

    /// <summary>A queue without messages, on which every worker has a consumer, so that they can be counted.</summary>
    public string Workers => $"{prefix}.workers";

    /// <summary>
    /// Stream of <see cref="WaitNote"/>s, which every worker reads whole: who put a job to wait, took it up, told its
    /// ending.
    /// </summary>
    public string Waits => $"{prefix}.waits";

    /// <summary>
    /// How the names of messages' own exchanges begin. Nothing for the default prefix, so that .NET subscribers need no
    /// settings; any other installation on the same virtual host has exchanges of its own.
    /// </summary>
    public string TypePrefix => prefix == BrokerOptions.DefaultPrefix ? "" : $"{prefix}.";

    /// <summary>A message's own exchange, as MassTransit names it.</summary>
    public string TypeExchange(Type type) => $"{TypePrefix}{type.Namespace}:{type.Name}";

    /// <summary>The source of all events, as CloudEvents name it.</summary>
    public string Source => $"/openai-worker/{prefix}";

    /// <summary>Stream of <see cref="LaneOpened"/>, which every worker reads whole.</summary>
    public string Lanes => $"{prefix}.lanes";

    /// <summary>
    /// Stream of <see cref="Contracts.ToolAnswered"/>, which every worker reads: what handlers of functions answer.
    /// </summary>
    public string ToolAnswers => $"{prefix}.tool-answers";

    /// <summary>Stream of what operators order, which every worker reads whole.</summary>
    public string Orders => $"{prefix}.orders";

    /// <summary>Stream with the key of the workers' own headers, which only workers may read.</summary>
    public string Seal => $"{prefix}.seal";

    /// <summary>The name of no queue: what is sent there goes nowhere.</summary>
    public string Nowhere => $"{prefix}.nowhere";

    /// <summary>How the names of the delay ladder begin.</summary>
    public string Ladder => $"{prefix}.delay";

    /// <summary>Where jobs wait.</summary>
    public string Queue(string operation) => $"{prefix}.{operation}";

    /// <summary>Where jobs wait for one limit, so that they stand in the way of no others.</summary>
    /// <param name="operation">Such as <c>message-model</c>.</param>
    /// <param name="credential">Whose limit.</param>
    /// <param name="group">Which limit.</param>
    /// <param name="tenant">Whose jobs. That is the sender's own matter, and cannot be read in the name, which logs and
    /// monitoring show.</param>
    public string Lane(string operation, string credential, string group, string tenant) =>
        $"{Queue(operation)}{LaneMark}{QueueNameSuffix.Of([credential, group], tenant)}";

    /// <summary>All lanes of an operation, where it does not matter which.</summary>
    public string AnyLane(string operation) => $"{Queue(operation)}{LaneMark.TrimEnd('.')}";

    /// <summary>Where jobs that have failed are kept.</summary>
    public string DeadLetters(string operation) => $"{Queue(operation)}.dead";

    /// <summary>The operation whose queue or lane this is.</summary>
    public string OperationOf(string queue) => queue[(prefix.Length + 1)..].Split(LaneMark)[0];

    /// <summary>The lane of an operation that all jobs share for which no lane of their own is made any more.</summary>
    public string SharedLane(string operation) => Lane(operation, "", "other", "");

    /// <summary>
    /// Whether the text is the name of a lane that a worker with this prefix made. A forged announcement must not make
    /// the worker consume another queue.
    /// </summary>
    public bool IsOwnLane(string? queue) => queue is not null
        && queue.IndexOf(LaneMark, StringComparison.Ordinal) is > 0 and var mark
        && OperationCatalog.All.Any(operation => queue.AsSpan(0, mark).SequenceEqual(Queue(operation.Name)))
        && QueueNameSuffix.Fit(queue.AsSpan(mark + LaneMark.Length));

    /// <summary>
    /// Whether the worker reads or keeps the queue itself: what a sender names for his answers must be another.
    /// </summary>
    public bool IsOwn(string queue) =>
        queue.StartsWith($"{prefix}.", StringComparison.Ordinal)
            && OwnWords.Contains(queue[(prefix.Length + 1)..].Split('.')[0]);

    /// <summary>The queue that the message came by.</summary>
    public static string QueueOf(ReceiveContext context) =>
        ConcurrentConsumer.Lane ?? Last(context.InputAddress.AbsolutePath);

    /// <summary>
    /// The operation that the message is for, as its queue says, or its routing key where it expired; of none:
    /// <see cref="UnknownOperation"/>.
    /// </summary>
    public string OperationOf(ReceiveContext context, Received received)
    {
        var queue = QueueOf(context);
        return OperationCatalog.Named(queue == Expired ? received.RoutingKey ?? "" : OperationOf(queue))?.Name
            ?? UnknownOperation;
    }

    public static bool IsLane(string queue) => queue.Contains(LaneMark, StringComparison.Ordinal);

    // Without the pieces before it, which Split would make anew for each delivery.
    static string Last(string path) => path[(path.LastIndexOf('/') + 1)..];
}
