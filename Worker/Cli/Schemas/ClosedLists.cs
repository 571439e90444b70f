using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Cli.Schemas;

/// <summary>Members of events that have one of a few values, which their type does not say.</summary>
static class ClosedLists
{
    // What a job waits for, where that is no failure.
    static readonly string[] Reasons = ["not_before", "credential_paused", "background", "tools", "run"];

    static readonly IReadOnlyList<string> Codes =
        [.. typeof(FailureCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!)];

    public static void Add(JsonObject schema, Type type, string member)
    {
        if (typeof(IJobEnding).IsAssignableFrom(type) && member == "ending")
            schema["const"] = type == typeof(OperationFailed) ? Endings.Failed : Endings.Completed;
        else if (member == "operation" && OperationCatalog.All.SingleOrDefault(operation => operation.Result == type) is { } operation)
            schema["const"] = operation.Name;
        else if (member == "code" && (type == typeof(OperationFailed) || type == typeof(OperationDelayed)))
            schema["enum"] = new JsonArray([.. Codes.Concat(type == typeof(OperationDelayed) ? Reasons : []).Select(code => (JsonNode)code)]);
    }
}
