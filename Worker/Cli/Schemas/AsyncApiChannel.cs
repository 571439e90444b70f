using System.Text.Json.Nodes;

namespace OpenAIWorker.Cli.Schemas;

/// <summary>Where a message goes, and what the worker does with it.</summary>
/// <param name="Address">A routing key or a queue; null: the message before it says which.</param>
/// <param name="Action"><c>send</c> or <c>receive</c>.</param>
/// <param name="Message">The message.</param>
/// <param name="Binding">What AMQP has there.</param>
sealed record AsyncApiChannel(string? Address, string Action, Type Message, JsonObject Binding)
{
    /// <summary>A name without dots, which generators make into one of their language.</summary>
    public string Key { get; init; } = Address?.Replace('.', '-') ?? "";

    /// <summary>Where its answers go.</summary>
    public AsyncApiChannel? Reply { get; init; }

    public static AsyncApiChannel Through(string exchange, string exchangeType, string routingKey, string action, Type message) => new(routingKey, action, message, new()
    {
        ["is"] = "routingKey",
        ["exchange"] = new JsonObject { ["name"] = exchange, ["type"] = exchangeType, ["durable"] = true, ["autoDelete"] = false },
    });

    public static AsyncApiChannel Queue(string? name, string action, Type message) => new(name, action, message, new()
    {
        ["is"] = "queue",
        ["queue"] = name is null ? new JsonObject() : new() { ["name"] = name, ["durable"] = true, ["exclusive"] = false, ["autoDelete"] = false },
    });

    public JsonObject Json() => new()
    {
        ["address"] = Address,
        ["messages"] = new JsonObject { [Message.Name] = Reference($"components/messages/{Message.Name}") },
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
        if (Reply is { Key: var key })
            operation["reply"] = new JsonObject { ["channel"] = Reference($"channels/{key}") };
        return operation;
    }

    JsonObject Amqp()
    {
        var binding = Binding.DeepClone().AsObject();
        binding["bindingVersion"] = "0.3.0";
        return binding;
    }

    static JsonObject Reference(string path) => new() { ["$ref"] = $"#/{path}" };
}
