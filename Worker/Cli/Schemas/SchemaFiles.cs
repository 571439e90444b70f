using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Operations;
using OpenAIWorker.Operations.Schemas;

namespace OpenAIWorker.Cli.Schemas;

/// <summary>The names and contents of the files of <c>schemas</c>.</summary>
static class SchemaFiles
{
    static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    /// <summary>The messages that the worker receives.</summary>
    public static IEnumerable<Type> Requests =>
        OperationCatalog.All.Select(operation => operation.Request).Append(typeof(CancelJob));

    /// <summary>The messages that the worker publishes.</summary>
    public static IEnumerable<Type> Events =>
        OperationCatalog.All.Select(operation => operation.Result).Concat(EventPublisher.CommonTypes);

    /// <summary>The messages between the worker and the handlers of functions.</summary>
    public static IReadOnlyList<Type> ToolMessages => [typeof(CallTool), typeof(ToolAnswered)];

    public static IEnumerable<(string Name, string Json)> All() =>
    [
        ("asyncapi.json", Written(AsyncApiDocument.Make())),
        ("requests.json", Written(MessageSchema.Together("Requests", Requests, isStrict: true))),
        ("events.json", Written(MessageSchema.Together("Events", Events.Concat(ToolMessages), isStrict: false))),
        .. Requests.Select(type => (NameOf(type), Written(MessageSchema.Of(type, isStrict: true)))),
        .. Events.Concat(ToolMessages).Select(type => (NameOf(type), Written(MessageSchema.Of(type, isStrict: false)))),
    ];

    public static string NameOf(Type message) => $"schemas/{message.Name}.json";

    static string Written(JsonNode json) => $"{json.ToJsonString(Readable)}\n";
}
