using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text.Chat;
using OpenAIWorker.Operations.Text.Responses;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>
/// An assistant's tools after a request. The API replaces all of them at once, so unchanged ones are sent again.
/// </summary>
sealed class AssistantTools(AssistantRequest request, JsonElement before, IReadOnlyList<string>? vectorStores)
{
    static readonly string[] Own = ["code_interpreter", "file_search", "function"];

    public bool AreGiven => request is not
    {
        CodeInterpreter: null, CodeInterpreterFileIds: null, KnowledgeRetrieval: null, KnowledgeFileIds: null,
        VectorStoreIds: null, Functions: null,
    } || RemovesFunctions;

    public IReadOnlyList<JsonBody> All
    {
        get
        {
            JsonBody[] all = [.. OfType(HasCode, "code_interpreter"), .. OfType(HasSearch, "file_search"), .. Functions,
                .. Kept.Where(tool => !Own.Contains(tool.Text("type"))).Select(ResponsesTools.Other)];
            Never("functions", all.Length > AssistantCheck.MostTools,
                $"makes {all.Length} tools; allowed: up to {AssistantCheck.MostTools}.");
            return all;
        }
    }

    public JsonBody Resources => new()
    {
        { "code_interpreter", HasCode
            ? new JsonBody { { "file_ids", request.CodeInterpreterFileIds ?? AssistantReading.CodeFiles(before) } }
            : null },
        { "file_search", HasSearch
            ? new JsonBody { { "vector_store_ids", vectorStores ?? AssistantReading.VectorStores(before) } }
            : null },
    };

    bool HasCode =>
        request.CodeInterpreter ?? (request.CodeInterpreterFileIds is { Count: > 0 } || Had("code_interpreter"));

    bool HasSearch => request.KnowledgeRetrieval ?? (vectorStores is { Count: > 0 } || Had("file_search"));

    bool RemovesFunctions => request is UpdateAssistant { RemoveCustomTools: true };

    IEnumerable<JsonElement> Kept => before.Items("tools");

    IEnumerable<JsonBody> Functions =>
    [
        .. Kept.Where(tool => tool.Text("type") == "function" && !RemovesFunctions && !IsReplaced(tool))
        .Select(ResponsesTools.Other),
        .. (request.Functions ?? []).Select(function => ChatBody.Tool(new() { Function = function })),
    ];

    bool Had(string type) => Kept.Any(tool => tool.Text("type") == type);

    bool IsReplaced(JsonElement tool) =>
        request.Functions?.Any(function => function.Name == tool.Member("function")?.Text("name")) == true;

    // An existing tool may have its own options.
    IEnumerable<JsonBody> OfType(bool has, string type) => !has
        ? []
        : [Kept.Where(tool => tool.Text("type") == type).Select(ResponsesTools.Other).FirstOrDefault()
            ?? new JsonBody { { "type", type } }];
}
