using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Delivery.Handlers;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Operations;
using OpenAIWorker.Operations.Schemas;

namespace OpenAIWorker.Cli.Schemas;

/// <summary>
/// The worker's AsyncAPI 3 document: it receives jobs and sends events.
/// https://www.asyncapi.com/docs/reference/specification/v3.0.0
/// </summary>
static class AsyncApiDocument
{
    static readonly BrokerOptions Broker = new();
    static readonly QueueNames QueueNames = new(Options.Create(Broker));

    public static JsonObject Make()
    {
        var channels = Channels().ToList();
        return new()
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = Info(),
            ["defaultContentType"] = "application/json",
            ["servers"] = Servers(),
            ["channels"] = Members(channels, channel => channel.Key, channel => channel.Json()),
            ["operations"] = Members([.. channels.Where(channel => channel.Key != Replies.Key)], channel => channel.Key,
                channel => channel.Operation()),
            ["components"] = new JsonObject
            {
                ["messages"] = Members([.. SchemaFiles.Requests, .. SchemaFiles.Events, .. SchemaFiles.ToolMessages],
                    type => type.Name, Message),
                ["securitySchemes"] = new JsonObject { ["user"] = new JsonObject { ["type"] = "userPassword" } },
            },
        };
    }

    static JsonObject Info() => new()
    {
        ["title"] = "OpenAI Worker",
        ["version"] = typeof(JobRequest).Assembly.GetName().Version!.ToString(3),
        ["description"] = "Send a job to an operation's queue, and receive its ending as an event. "
            + $"All names begin with the setting Broker:Prefix, here {Broker.Prefix}. The whole contract: "
            + "Contracts/README.md.",
        ["license"] = new JsonObject
        {
            ["name"] = "Apache-2.0",
            ["url"] = "https://www.apache.org/licenses/LICENSE-2.0"
        },
    };

    static IEnumerable<AsyncApiChannel> Channels() =>
    [
        .. OperationCatalog.All.SelectMany(Channels),
        Job(TopologyDeclaration.CancelKey, typeof(CancelJob)),
        Event($"{QueueNames.UnknownOperation}.{Endings.Failed}", typeof(OperationFailed)),
        Event("credential.paused", typeof(CredentialPaused)),
        Event("credential.resumed", typeof(CredentialResumed)),
        Event(EventPublisher.GroupKey, typeof(GroupCompleted)),
        Handler,
        Answers,
        Replies,
    ];

    static IEnumerable<AsyncApiChannel> Channels(Operation operation) =>
    [
        Job(operation.Name, operation.Request)
            with { Reply = Replies, ReplyMessages = [operation.Result, typeof(OperationFailed),
                typeof(OperationDelayed)] },
        Event($"{operation.Name}.{Endings.Completed}", operation.Result),
        Event($"{operation.Name}.{Endings.Failed}", typeof(OperationFailed)),
        Event($"{operation.Name}.{JobEvent.Delayed}", typeof(OperationDelayed)),
    ];

    static AsyncApiChannel Job(string routingKey, Type message) =>
        AsyncApiChannel.Through(QueueNames.Jobs, "direct", routingKey, "receive", message);

    static AsyncApiChannel Event(string routingKey, Type message) =>
        AsyncApiChannel.Through(QueueNames.Events, "topic", routingKey, "send", message);

    static AsyncApiChannel Answers => AsyncApiChannel.Queue(QueueNames.ToolAnswers, "receive", typeof(ToolAnswered));

    // Each function names the queue of its handler.
    static AsyncApiChannel Handler =>
        AsyncApiChannel.Queue(null, "send", typeof(CallTool)) with { Key = "tools", Reply = Answers };

    // A job's reply_to: it gets a copy of every event about the job.
    static AsyncApiChannel Replies => AsyncApiChannel.Queue(null, "send", typeof(OperationFailed)) with
    {
        Key = "replies",
        Messages = [.. OperationCatalog.All.Select(operation => operation.Result), typeof(OperationFailed),
            typeof(OperationDelayed)],
    };

    static JsonObject Servers() => new()
    {
        ["rabbitmq"] = new JsonObject
        {
            ["host"] = "localhost:5672",
            ["pathname"] = "/",
            ["protocol"] = "amqp",
            ["protocolVersion"] = "0.9.1",
            ["description"] =
                "RabbitMQ, the worker's setting Broker:Uri. With TLS the protocol is amqps, and the port 5671.",
            ["security"] = new JsonArray(new JsonObject { ["$ref"] = "#/components/securitySchemes/user" }),
        },
    };

    static bool IsEvent(Type type) => SchemaFiles.Events.Contains(type);

    static bool IsAboutJob(Type type) =>
        !SchemaFiles.ToolMessages.Contains(type) && type.GetProperty(nameof(JobRequest.JobId)) is not null;

    static JsonObject Correlation(Type type) => IsAboutJob(type)
        ? new()
        {
            ["location"] = "$message.payload#/jobId",
            ["description"] =
                "The job, on its request and on every event about it. The AMQP property correlation_id of the "
                    + "request comes back on them too.",
        }
        : new()
        {
            ["location"] = "$message.payload#/callId",
            ["description"] = "The call, also as the AMQP property correlation_id.",
        };

    static JsonNode Message(Type type)
    {
        var message = Described(type);
        if (IsEvent(type))
            message["bindings"] =
                new JsonObject
                {
                    ["amqp"] = new JsonObject
                    {
                        ["messageType"] = CloudEventHeaders.TypeOf(type),
                        ["bindingVersion"] = "0.3.0"
                    }
                };
        if (IsAboutJob(type) || SchemaFiles.ToolMessages.Contains(type))
            message["correlationId"] = Correlation(type);
        if (MessageExamples.Of(type) is { Count: > 0 } examples)
            message["examples"] = examples;
        return message;
    }

    static JsonObject Described(Type type) => new()
    {
        ["name"] = type.FullName,
        ["title"] = type.Name,
        ["summary"] = Documentation.Of(type),
        ["description"] = Ids(type),
        ["contentType"] = "application/json",
        ["headers"] = MessageHeaderSchema.Of(type, IsEvent(type), QueueNames.Source),
        ["payload"] = new JsonObject { ["$ref"] = $"./{SchemaFiles.NameOf(type)}" },
    };

    static string Ids(Type type) => IsEvent(type)
        ? "message_id: a UUID, the same on every copy of this event. type: the CloudEvents type. timestamp: when it "
            + "was made."
        : type == typeof(CallTool)
            ? "message_id: the call's id. reply_to: where its answer goes. correlation_id: to be repeated on the "
                + "answer."
            : "message_id: any text; of a job that names no jobId it is the job's id. reply_to: a queue for a copy "
                + "of every event about the job.";

    static JsonObject Members<T>(IEnumerable<T> items, Func<T, string> name, Func<T, JsonNode> value) =>
        new(items.Select(item => KeyValuePair.Create<string, JsonNode?>(name(item), value(item))));
}
