using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Topology;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery.Topology;

/// <summary>Records what the worker declares instead of sending it: a broker as a table.</summary>
sealed class RecordedBroker
{
    public static readonly QueueNames QueueNames = new(Options.Create(new BrokerOptions()));

    public static readonly DelayLadder Ladder = new(QueueNames);

    public Dictionary<string, Exchange> Exchanges { get; } = [];

    public Dictionary<string, IDictionary<string, object?>> Queues { get; } = [];

    public List<Binding> Bindings { get; } = [];

    public static Task<RecordedBroker> Declared(bool quorum) => Declared(new(QueueNames, Ladder), quorum);

    public static async Task<RecordedBroker> Declared(TopologyDeclaration declaration, bool quorum)
    {
        var channel = DispatchProxy.Create<IChannel, Recording>();
        await declaration.Declare(channel, quorum, CancellationToken.None);
        return ((Recording)(object)channel).Broker;
    }

    public sealed record Exchange(string Type, IDictionary<string, object?> Arguments);

    public sealed record Binding(string From, string Pattern, string To, bool IsQueue);

    [SuppressMessage("Performance", "CA1852", Justification = "The proxy is derived from it at run time.")]
    class Recording : DispatchProxy
    {
        public RecordedBroker Broker { get; } = new();

        protected override object? Invoke(MethodInfo? method, object?[]? args)
        {
            Record(method!.Name, args!);
            return method.ReturnType == typeof(Task)
                ? Task.CompletedTask
                : Task.FromResult(new QueueDeclareOk("", 0, 0));
        }

        void Record(string method, object?[] args)
        {
            switch (method, args)
            {
                case (nameof(IChannel.ExchangeDeclareAsync),
                    [string name, string type, true, false, var arguments, ..]):
                    Broker.Exchanges[name] = new(type,
                        (IDictionary<string, object?>?)arguments ?? new Dictionary<string, object?>());
                    break;
                case (nameof(IChannel.QueueDeclareAsync),
                    [string name, true, false, false, IDictionary<string, object?> arguments, ..]):
                    Broker.Queues[name] = arguments;
                    break;
                case (nameof(IChannel.QueueBindAsync), [string queue, string exchange, string pattern, ..]):
                    Broker.Bindings.Add(new(exchange, pattern, queue, IsQueue: true));
                    break;
                case (nameof(IChannel.ExchangeBindAsync), [string to, string from, string pattern, ..]):
                    Broker.Bindings.Add(new(from, pattern, to, IsQueue: false));
                    break;
                case (nameof(IChannel.ExchangeDeclarePassiveAsync), _):
                    break;
                default:
                    throw new NotSupportedException($"{method}({string.Join(", ", args)})");
            }
        }
    }
}
