using System.Text.Json.Nodes;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Cli.Schemas;

/// <summary>
/// The example messages of <c>ops/samples/examples</c>. They are embedded in a worker that was built from the whole
/// repository.
/// </summary>
static class MessageExamples
{
    const string Prefix = "examples/";

    public static JsonArray Of(Type message) => new(
    [
        .. from name in typeof(MessageExamples).Assembly.GetManifestResourceNames()
           where name.StartsWith(Prefix, StringComparison.Ordinal) && IsOf(name[Prefix.Length..].Split('.'), message)
           orderby name.Length, name
           select (JsonNode)new JsonObject { ["name"] = name[Prefix.Length..^".json".Length],
               ["payload"] = Read(name) },
    ]);

    // message-model.full.request.json, message-model.result.json, operation-failed.json
    static bool IsOf(string[] words, Type message) => words switch
    {
        [var operation, .., "request", "json"] => OperationCatalog.Named(operation)?.Request == message,
        [var operation, .., "result", "json"] => OperationCatalog.Named(operation)?.Result == message,
        [var name, "json"] =>
            name.Replace("-", "", StringComparison.Ordinal).Equals(message.Name, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    static JsonNode Read(string name)
    {
        using var stream = typeof(MessageExamples).Assembly.GetManifestResourceStream(name)!;
        return JsonNode.Parse(stream)!;
    }
}
