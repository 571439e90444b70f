using System.Globalization;
using MassTransit;
using MassTransit.RabbitMqTransport;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.DeadLetters;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Seals;
using OpenAIWorker.Tests.Delivery.Topology;

namespace OpenAIWorker.Tests.Contracts;

/// <summary>
/// Everything that neighbours rely on, one line each: message types, their JSON, and names in the broker.
/// </summary>
static class Wire
{
    const string Job = "job-1";

    public static async Task<IReadOnlyList<string>> Lines() =>
    [
        .. Names(),
        .. ContractTypes.Records.Where(type => !type.IsAbstract).SelectMany(Members),
        .. Broker(await RecordedBroker.Declared(quorum: true)),
        .. Queues(await RecordedBroker.Declared(quorum: false)).Select(line => $"without quorum: {line}"),
        .. Headers(),
        $"message id of the ending of {Job}: "
            + $"{EventIds.OfEnding(new ModelMessaged { JobId = Job, Operation = "message-model" })}",
        $"message id of the first delay of {Job}: {EventIds.OfDelay(Job, 1)}",
    ];

    static IEnumerable<string> Names() =>
        from type in ContractTypes.Messages.Append(typeof(IJobEnding))
        select $"{type.Name}: {MessageUrn.ForType(type)}, exchange "
            + $"{new RabbitMqMessageNameFormatter().GetMessageName(type)}";

    static IEnumerable<string> Members(Type type) =>
        // A record that no message contains is not part of any message.
        from member in (ContractJson.Default.GetTypeInfo(type)?.Properties ?? [])
            .OrderBy(member => member.Name, StringComparer.Ordinal)
        select $"{type.Name}.{member.Name}: {member.PropertyType.InJson()}{(member.IsRequired ? ", required" : "")}";

    static IEnumerable<string> Broker(RecordedBroker broker) =>
    [
        .. from exchange in broker.Exchanges
           select $"exchange {exchange.Key}: {exchange.Value.Type}{Arguments(exchange.Value.Arguments)}",
        .. Queues(broker),
        .. from binding in broker.Bindings
           select $"binding {binding.From} -> {(binding.IsQueue ? "queue" : "exchange")} {binding.To}: "
               + $"'{binding.Pattern}'",
    ];

    static IEnumerable<string> Queues(RecordedBroker broker) =>
        from queue in broker.Queues
        select $"queue {queue.Key}:{Arguments(queue.Value)}";

    static string Arguments(IDictionary<string, object?> arguments) =>
        string.Concat(arguments.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $" {pair.Key}={pair.Value}")));

    static IEnumerable<string> Headers() =>
        from name in DeadLetterHeaders.Of(new(), "", null).Concat(new JobHeaders(0, 0, default, new(), new()).Write())
            .Select(header => header.Key)
            .Concat(CloudEventHeaders.Of(default, "", typeof(Wire), "", default).Select(header => header.Key))
            .Concat([HeaderSeal.Header, SenderUser.Header, SenderUser.Seal, SentAgain.Header,
                EventPublisher.EventTypeHeader, MessageHeaders.MessageType, MessageHeaders.InitiatorId])
            .Distinct().Order(StringComparer.Ordinal)
        select $"header {name}";
}
