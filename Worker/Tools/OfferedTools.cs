using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Tools;

/// <summary>The names of the functions that a job offers to the model, in any of the three ways.</summary>
static class OfferedTools
{
    public static IEnumerable<string> Of(MessageModel request) =>
        (request.Tools ?? []).Select(NameOf).Concat(Extra(request)).OfType<string>();

    static string? NameOf(ModelTool? tool) =>
        tool is { Function: { } function } ? function.Name : tool?.Other is { } other ? NameOf(other) : null;

    // Responses has the name in the tool, Chat Completions in the tool's function.
    static string? NameOf(JsonElement tool) =>
        tool.Text("type") == "function" ? tool.Text("name") ?? tool.Member("function")?.Text("name") : null;

    static IEnumerable<string?> Extra(MessageModel request) =>
        request.Extra is { } extra && extra.TryGetValue("tools", out var tools)
            && tools.ValueKind == JsonValueKind.Array ? tools.EnumerateArray().Select(NameOf) : [];
}
