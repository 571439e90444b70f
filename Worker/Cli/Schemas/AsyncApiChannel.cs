using System.Text.Json.Nodes;

namespace OpenAIWorker.Cli.Schemas;

/// <summary>A routing key of an exchange, the message that goes there, and what the worker does with it.</summary>
sealed record AsyncApiChannel(string RoutingKey, string Action, string Exchange, string ExchangeType, Type Message)
{
    /// <summary>A name without dots, which generators make into one of their language.</summary>
    public string Key => RoutingKey.Replace('.', '-');

    public JsonObject Json() => new()
    {
        ["address"] = RoutingKey,
        ["messages"] = new JsonObject { [Message.Name] = Reference($"components/messages/{Message.Name}") },
        ["bindings"] = new JsonObject
        {
            ["amqp"] = new JsonObject
            {
                ["is"] = "routingKey",
                ["exchange"] = new JsonObject { ["name"] = Exchange, ["type"] = ExchangeType, ["durable"] = true, ["autoDelete"] = false },
                ["bindingVersion"] = "0.3.0",
            },
        },
    };

    public JsonObject Operation() => new()
    {
        ["action"] = Action,
        ["channel"] = Reference($"channels/{Key}"),
        ["summary"] = Documentation.Of(Message),
        ["messages"] = new JsonArray(Reference($"channels/{Key}/messages/{Message.Name}")),
    };

    static JsonObject Reference(string path) => new() { ["$ref"] = $"#/{path}" };
}
