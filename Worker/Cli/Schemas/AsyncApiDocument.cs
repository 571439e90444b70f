using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Cli.Schemas;

/// <summary>The worker as AsyncAPI 3 describes it: it receives jobs and sends events. https://www.asyncapi.com/docs/reference/specification/v3.0.0</summary>
static class AsyncApiDocument
{
    static readonly BrokerOptions Broker = new();
    static readonly Topology Topology = new(Options.Create(Broker));

    public static JsonObject Make()
    {
        var channels = Channels().ToList();
        return new()
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = Info(),
            ["defaultContentType"] = "application/json",
            ["channels"] = Members(channels, channel => channel.Key, channel => channel.Json()),
            ["operations"] = Members(channels, channel => channel.Key, channel => channel.Operation()),
            ["components"] = new JsonObject
            {
                ["messages"] = Members([.. SchemaFiles.Requests, .. SchemaFiles.Events, .. SchemaFiles.ToolMessages], type => type.Name, Message),
            },
        };
    }

    static JsonObject Info() => new()
    {
        ["title"] = "OpenAI Worker",
        ["version"] = typeof(JobRequest).Assembly.GetName().Version!.ToString(3),
        ["description"] = "Send a job to an operation's queue, and receive its ending as an event. "
            + $"All names begin with the setting Broker:Prefix, here {Broker.Prefix}. The whole contract: Contracts/README.md.",
        ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["url"] = "https://www.apache.org/licenses/LICENSE-2.0" },
    };

    static IEnumerable<AsyncApiChannel> Channels() =>
    [
        .. OperationCatalog.All.SelectMany(Channels),
        Job(TopologyDeclaration.CancelKey, typeof(CancelJob)),
        Event($"{Topology.UnknownOperation}.{Endings.Failed}", typeof(OperationFailed)),
        Event("credential.paused", typeof(CredentialPaused)),
        Event("credential.resumed", typeof(CredentialResumed)),
        Handler,
        Answers,
    ];

    static IEnumerable<AsyncApiChannel> Channels(Operation operation) =>
    [
        Job(operation.Name, operation.Request),
        Event($"{operation.Name}.{Endings.Completed}", operation.Result),
        Event($"{operation.Name}.{Endings.Failed}", typeof(OperationFailed)),
        Event($"{operation.Name}.{JobEvent.Delayed}", typeof(OperationDelayed)),
    ];

    static AsyncApiChannel Job(string routingKey, Type message) => AsyncApiChannel.Through(Topology.Jobs, "direct", routingKey, "receive", message);

    static AsyncApiChannel Event(string routingKey, Type message) => AsyncApiChannel.Through(Topology.Events, "topic", routingKey, "send", message);

    static AsyncApiChannel Answers => AsyncApiChannel.Queue(Topology.ToolAnswers, "receive", typeof(ToolAnswered));

    // A function says itself which queue its handler has.
    static AsyncApiChannel Handler => AsyncApiChannel.Queue(null, "send", typeof(CallTool)) with { Key = "tools", Reply = Answers };

    static JsonNode Message(Type type) => new JsonObject
    {
        ["name"] = type.FullName,
        ["title"] = type.Name,
        ["summary"] = Documentation.Of(type),
        ["contentType"] = "application/json",
        ["payload"] = new JsonObject { ["$ref"] = $"./{SchemaFiles.NameOf(type)}" },
    };

    static JsonObject Members<T>(IEnumerable<T> items, Func<T, string> name, Func<T, JsonNode> value) =>
        new(items.Select(item => KeyValuePair.Create<string, JsonNode?>(name(item), value(item))));
}
