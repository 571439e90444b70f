using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Operations.Schemas;

/// <summary>Members of events with a closed list of values that their type does not show.</summary>
static class ClosedLists
{
    static readonly IReadOnlyList<string> Codes = ConstantsOf(typeof(FailureCodes));

    static readonly IReadOnlyList<string> Waits = ConstantsOf(typeof(WaitCodes));

    public static void Add(JsonObject schema, Type type, string member)
    {
        if (typeof(IJobEnding).IsAssignableFrom(type) && member == "ending")
            schema["const"] = type == typeof(OperationFailed) ? Endings.Failed : Endings.Completed;
        else if (member == "operation"
            && OperationCatalog.All.SingleOrDefault(operation => operation.Result == type) is { } operation)
            schema["const"] = operation.Name;
        else if (member == "code" && (type == typeof(OperationFailed) || type == typeof(OperationDelayed)))
            schema["enum"] = new JsonArray(
                [.. Codes.Concat(type == typeof(OperationDelayed) ? Waits : []).Select(code => (JsonNode)code)]);
    }

    static string[] ConstantsOf(Type list) =>
        [.. list.GetFields().Select(field => (string)field.GetRawConstantValue()!)];
}
