using System.Text.Json.Nodes;
using OpenAIWorker.Operations.Schemas;

namespace OpenAIWorker.Cli.Schemas;

/// <summary>An address to which messages go, and what the worker does with them.</summary>
/// <param name="Address">A routing key or a queue; null: the previous message names it.</param>
/// <param name="Action"><c>send</c> or <c>receive</c>.</param>
/// <param name="Message">The message.</param>
/// <param name="Binding">The AMQP binding.</param>
sealed record AsyncApiChannel(string? Address, string Action, Type Message, JsonObject Binding)
{
    /// <summary>A name without dots, from which generators can make an identifier.</summary>
    public string Key { get; init; } = Address?.Replace('.', '-') ?? "";

    /// <summary>The channel for its answers.</summary>
    public AsyncApiChannel? Reply { get; init; }

    /// <summary>The possible answers. Empty: all messages of the channel.</summary>
    public IReadOnlyList<Type> ReplyMessages { get; init; } = [];

    /// <summary>All messages of the channel.</summary>
    public IReadOnlyList<Type> Messages { get; init; } = [Message];

    public static AsyncApiChannel Through(string exchange, string exchangeType, string routingKey, string action,
        Type message) => new(routingKey, action, message, new()
        {
            ["is"] = "routingKey",
            ["exchange"] = new JsonObject
            {
                ["name"] = exchange,
                ["type"] = exchangeType,
                ["durable"] = true,
                ["autoDelete"] = false
            },
        });

    public static AsyncApiChannel Queue(string? name, string action, Type message) => new(name, action, message, new()
    {
        ["is"] = "queue",
        ["queue"] = name is null
            ? new JsonObject()
            : new() { ["name"] = name, ["durable"] = true, ["exclusive"] = false, ["autoDelete"] = false },
    });

    public JsonObject Json() => new()
    {
        ["address"] = Address,
        ["messages"] = new JsonObject(Messages.Select(type =>
            KeyValuePair.Create<string, JsonNode?>(type.Name, Reference($"components/messages/{type.Name}")))),
        ["servers"] = new JsonArray(Reference("servers/rabbitmq")),
        ["bindings"] = new JsonObject { ["amqp"] = Amqp() },
    };

    public JsonObject Operation()
    {
        var operation = new JsonObject
        {
            ["action"] = Action,
            ["channel"] = Reference($"channels/{Key}"),
            ["summary"] = Documentation.Of(Message),
            ["messages"] = new JsonArray(Reference($"channels/{Key}/messages/{Message.Name}")),
        };
        operation["bindings"] = new JsonObject { ["amqp"] = Deliveries() };
        if (Reply is not null)
            operation["reply"] = Answer(Reply);
        return operation;
    }

    // If the channel has no address of its own, the message names it.
    JsonObject Answer(AsyncApiChannel reply)
    {
        var answer = new JsonObject { ["channel"] = Reference($"channels/{reply.Key}") };
        if (reply.Address is null)
            answer["address"] = new JsonObject
            {
                ["location"] = "$message.header#/reply_to",
                ["description"] = "The AMQP property reply_to."
            };
        if (ReplyMessages.Count > 0)
            answer["messages"] = new JsonArray(
                [.. ReplyMessages.Select(type => Reference($"channels/{reply.Key}/messages/{type.Name}"))]);
        return answer;
    }

    // Messages are persistent, and confirmed in both directions.
    JsonObject Deliveries() => Action == "send"
        ? new() { ["deliveryMode"] = 2, ["timestamp"] = true, ["bindingVersion"] = "0.3.0" }
        : new() { ["ack"] = true, ["bindingVersion"] = "0.3.0" };

    JsonObject Amqp()
    {
        var binding = Binding.DeepClone().AsObject();
        binding["bindingVersion"] = "0.3.0";
        return binding;
    }

    static JsonObject Reference(string path) => new() { ["$ref"] = $"#/{path}" };
}
