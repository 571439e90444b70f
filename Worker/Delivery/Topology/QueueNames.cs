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

/// <summary>All names in the broker, which have one prefix.</summary>
sealed class QueueNames(IOptions<BrokerOptions> options)
{
    /// <summary>The operation in events about jobs without one.</summary>
    public const string UnknownOperation = "unknown";

    const string LaneMark = ".lane.";

    // The first word after the prefix, for every queue that the worker consumes or declares.
    static readonly FrozenSet<string> OwnWords = OperationCatalog.All.Select(operation => operation.Name)
        .Concat([UnknownOperation, "expired", "cancellations", "lanes", "tool-answers", "orders", "workers", "waits",
            "delay", "seal", "nowhere"]).ToFrozenSet();

    readonly string prefix = options.Value.Prefix;

    /// <summary>The direct exchange that any client may declare: routing key = operation.</summary>
    public string Jobs => $"{prefix}.jobs";

    /// <summary>
    /// The topic exchange: routing key = operation, dot, <c>completed</c>, <c>failed</c> or <c>delayed</c>.
    /// </summary>
    public string Events => $"{prefix}.events";

    /// <summary>The stream of cancellations, which every worker reads completely.</summary>
    public string Cancellations => $"{prefix}.cancellations";

    /// <summary>
    /// The fanout exchange and queue for jobs whose routing key is not an operation, or whose queue was not bound yet.
    /// </summary>
    public string Unknown => $"{prefix}.unknown";

    /// <summary>
    /// The fanout exchange and queue for jobs whose AMQP expiration ended before a worker received them.
    /// </summary>
    public string Expired => $"{prefix}.expired";

    /// <summary>
    /// A queue without messages, on which every worker has a consumer, so that workers can be counted.
    /// </summary>
    public string Workers => $"{prefix}.workers";

    /// <summary>
    /// The stream of <see cref="WaitNote"/>s, which every worker reads completely: who let a job wait, received it,
    /// published its ending.
    /// </summary>
    public string Waits => $"{prefix}.waits";

    /// <summary>
    /// The prefix of the exchanges of message types. It is empty for the default prefix, so that .NET subscribers need
    /// no settings; another installation on the same virtual host has its own exchanges.
    /// </summary>
    public string TypePrefix => prefix == BrokerOptions.DefaultPrefix ? "" : $"{prefix}.";

    /// <summary>The exchange of a message type, as MassTransit names it.</summary>
    public string TypeExchange(Type type) => $"{TypePrefix}{type.Namespace}:{type.Name}";

    /// <summary>The source of all events, for CloudEvents.</summary>
    public string Source => $"/openai-worker/{prefix}";

    /// <summary>The stream of <see cref="LaneOpened"/>, which every worker reads completely.</summary>
    public string Lanes => $"{prefix}.lanes";

    /// <summary>
    /// The stream of <see cref="Contracts.ToolAnswered"/>, which every worker reads: the answers of functions'
    /// handlers.
    /// </summary>
    public string ToolAnswers => $"{prefix}.tool-answers";

    /// <summary>The stream of operators' orders, which every worker reads completely.</summary>
    public string Orders => $"{prefix}.orders";

    /// <summary>The stream with the key for the workers' own headers, which only workers may read.</summary>
    public string Seal => $"{prefix}.seal";

    /// <summary>The name of a queue that does not exist: messages sent there are dropped.</summary>
    public string Nowhere => $"{prefix}.nowhere";

    /// <summary>The prefix of the delay ladder.</summary>
    public string Ladder => $"{prefix}.delay";

    /// <summary>The queue where jobs wait.</summary>
    public string Queue(string operation) => $"{prefix}.{operation}";

    /// <summary>The queue where jobs wait for one limit, so that they delay no others.</summary>
    /// <param name="operation">Such as <c>message-model</c>.</param>
    /// <param name="credential">The credential of the limit.</param>
    /// <param name="group">The limit.</param>
    /// <param name="tenant">The tenant of the jobs. Tenants are private, so the name, which logs and monitoring show,
    /// has only a hash of it.</param>
    public string Lane(string operation, string credential, string group, string tenant) =>
        $"{Queue(operation)}{LaneMark}{QueueNameSuffix.Of([credential, group], tenant)}";

    /// <summary>One name for all lanes of an operation.</summary>
    public string AnyLane(string operation) => $"{Queue(operation)}{LaneMark.TrimEnd('.')}";

    /// <summary>The queue where failed jobs are kept.</summary>
    public string DeadLetters(string operation) => $"{Queue(operation)}.dead";

    /// <summary>The operation of a queue or lane.</summary>
    public string OperationOf(string queue) => queue[(prefix.Length + 1)..].Split(LaneMark)[0];

    /// <summary>The lane that the jobs of an operation share if no more lanes may be created.</summary>
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
    /// Whether the worker consumes or declares the queue itself: a sender must not name it for answers.
    /// </summary>
    public bool IsOwn(string queue) =>
        queue.StartsWith($"{prefix}.", StringComparison.Ordinal)
            && OwnWords.Contains(queue[(prefix.Length + 1)..].Split('.')[0]);

    /// <summary>The queue of the message.</summary>
    public static string QueueOf(ReceiveContext context) =>
        ConcurrentConsumer.Lane ?? Last(context.InputAddress.AbsolutePath);

    /// <summary>
    /// The operation of a message: that of its queue, or of its routing key if it expired; without one:
    /// <see cref="UnknownOperation"/>.
    /// </summary>
    public string OperationOf(ReceiveContext context, Received received)
    {
        var queue = QueueOf(context);
        return OperationCatalog.Named(queue == Expired ? received.RoutingKey ?? "" : OperationOf(queue))?.Name
            ?? UnknownOperation;
    }

    public static bool IsLane(string queue) => queue.Contains(LaneMark, StringComparison.Ordinal);

    // Without allocating the parts before it, as Split would for each delivery.
    static string Last(string path) => path[(path.LastIndexOf('/') + 1)..];
}
