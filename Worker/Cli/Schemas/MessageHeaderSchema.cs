using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Events;

namespace OpenAIWorker.Cli.Schemas;

/// <summary>The AMQP headers of a message.</summary>
static class MessageHeaderSchema
{
    static readonly string[] Trace = ["traceparent", "tracestate"];

    /// <summary>
    /// For an event, the headers that the worker writes; for a message to the worker, the headers that it reads.
    /// </summary>
    public static JsonObject Of(Type message, bool isEvent, string source)
    {
        var (headers, always) = isEvent ? Event(message, source) : Sent();
        foreach (var name in Trace)
            headers[name] = Text("As W3C Trace Context has it: the events about a job are of its trace.");
        var schema = new JsonObject { ["type"] = "object", ["properties"] = headers };
        if (always.Length > 0)
            schema["required"] = new JsonArray([.. always.Select(name => (JsonNode)name)]);
        return schema;
    }

    static (JsonObject, string[]) Sent() =>
        (new()
        {
            ["timestamp_in_ms"] = new JsonObject
            {
                ["type"] = "integer",
                ["description"] = "When the job was sent, in milliseconds since 1970."
            }
        }, []);

    static (JsonObject, string[]) Event(Type message, string source)
    {
        var headers = new JsonObject();
        foreach (var (name, value) in CloudEventHeaders.Of(Guid.Empty, source, message, "", default))
            headers[name] = Attribute(name[CloudEventHeaders.Prefix.Length..], value);
        headers[EventPublisher.MessageTypeHeader] = new JsonObject
        {
            ["type"] = "string",
            ["const"] = MessageTypes.Of(message),
            ["description"] = "The URNs by which MassTransit's raw JSON deserializer knows what the event is.",
        };
        headers[EventPublisher.SentTimeHeader] = new JsonObject
        {
            ["type"] = "string",
            ["format"] = "date-time",
            ["description"] = "When the event was made, for MassTransit's ReceiveContext.GetSentTime().",
        };
        var always = headers.Select(header => header.Key).ToArray();
        if (WordOf(message) is not { } word)
            return (headers, always);
        headers[EventPublisher.InitiatorHeader] = Text("The initiator id of a job that a saga of MassTransit sent.");
        headers[EventPublisher.EventTypeHeader] = new JsonObject
        {
            ["type"] = "string",
            ["const"] = word,
            ["description"] = "What became of the job."
        };
        foreach (var name in Trace)
            headers[$"{CloudEventHeaders.Prefix}{name}"] = Text($"The `{name}` that the job was sent with.");
        return (headers, [.. always, EventPublisher.EventTypeHeader]);
    }

    static string? WordOf(Type message) => message switch
    {
        _ when message == typeof(OperationFailed) => Endings.Failed,
        _ when message == typeof(OperationDelayed) => JobEvent.Delayed,
        _ when message.IsSubclassOf(typeof(OperationResult)) => Endings.Completed,
        _ => null,
    };

    static JsonObject Attribute(string name, string value) => name switch
    {
        "specversion" or "source" or "type" =>
            new()
            {
                ["type"] = "string",
                ["const"] = value,
                ["description"] = $"The attribute `{name}` of CloudEvents."
            },
        "id" =>
            new()
            {
                ["type"] = "string",
                ["format"] = "uuid",
                ["description"] = "The message's id again: the same for each copy of an ending."
            },
        "time" => new() { ["type"] = "string", ["format"] = "date-time", ["description"] = "When the event was made." },
        _ => Text("The job's id, or the credential's name."),
    };

    static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };
}
