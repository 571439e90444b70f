using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Tools;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Text.Functions;

/// <summary>The rules of <see cref="MessageModel.Tools"/>.</summary>
static class ToolChecks
{
    public static void Of(MessageModel request, bool throughResponses)
    {
        Each(request.Tools, throughResponses);
        Choice(request);
    }

    static void Choice(MessageModel request)
    {
        const string allowed =
            "the name of a function or an MCP server in tools, webSearch, fileSearch, codeInterpreter and "
                + "imageGeneration if tools contains it";
        Never("toolChoice", request.ToolChoice is { } choice && !ToolChoices.IsMode(choice)
            && !IsThere(request, choice),
            $"is {ShownValue.Of(request.ToolChoice)}; allowed: auto, none, required, {allowed}.");
        if (request.AllowedTools is null)
            return;
        Never("toolChoice", request.ToolChoice is not (null or "auto" or "required"),
            $"is {ShownValue.Of(request.ToolChoice)}; allowed together with allowedTools: auto and required.");
        foreach (var (index, name) in request.AllowedTools.Index())
            Never($"allowedTools[{index}]", !IsThere(request, name),
                $"is {ShownValue.Of(name)}; allowed: {allowed}.");
    }

    static bool IsThere(MessageModel request, string? name) => ToolChoices.Names(request).Contains(name);

    public static void Each(IReadOnlyList<ModelTool>? tools, bool throughResponses)
    {
        foreach (var (index, tool) in (tools ?? []).Index())
            Of($"tools[{index}]", tool, throughResponses);
    }

    public static void Function(string here, FunctionTool function, int longest) =>
        Never($"{here}.name", !FunctionName.Fits(function.Name, longest),
            $"is {ShownValue.Of(function.Name)}; allowed: 1 to {longest} of a-z A-Z 0-9 _ -.");

    static void Of(string here, ModelTool tool, bool throughResponses)
    {
        Never(here, !throughResponses && tool.Function is null && tool.Other is null,
            "built-in tools need Responses. Set api to responses, or give functions.");
        if (tool.Function is { } function)
            Function($"{here}.function", function,
                throughResponses ? FunctionName.LongestOfResponses : FunctionName.LongestOfChat);
        if (tool.FileSearch is { } search)
            Never($"{here}.fileSearch.textWeight", search.TextWeight is null != search.EmbeddingWeight is null,
                "and embeddingWeight need each other. Give both or none.");
        Never($"{here}.codeInterpreter.fileIds", tool.CodeInterpreter is { ContainerId: not null, FileIds: not null },
            "go into a new container; do not give containerId as well.");
        Never($"{here}.codeInterpreter", tool.CodeInterpreter is { ContainerId: not null } code
            && (code.MemoryLimit ?? (object?)code.AllowedDomains) is not null,
            "memoryLimit and allowedDomains apply to a new container; do not give containerId as well.");
        Never($"{here}.mcp.url", tool.Mcp?.Url is { IsAbsoluteUri: false } or { Scheme: not ("https" or "http") },
            $"is '{tool.Mcp?.Url}'; allowed: addresses with https.");
        Never($"{here}.other", tool.Other is { ValueKind: not JsonValueKind.Object },
            "must be an object in the API's form, with a type.");
    }
}
