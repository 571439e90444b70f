using OpenAIWorker.Contracts;
using OpenAIWorker.Operations.Text;
using OpenAIWorker.Operations.Text.Functions;
using OpenAIWorker.Tools;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>The limits of OpenAI's assistants.</summary>
static class AssistantCheck
{
    public const int MostTools = 128;

    public static void Of(AssistantRequest request, AssistantLimits limits)
    {
        NoNul("name", request.Name);
        MessageModelCheck.Output(request.Output);
        CodeInterpreter(request, limits);
        Knowledge(request, limits);
        Functions(request.Functions);
    }

    /// <summary>An assistant is named by its id or its name, not by both.</summary>
    public static void Named(string? id, string? name)
    {
        Never("assistantId", string.IsNullOrWhiteSpace(id) == string.IsNullOrWhiteSpace(name),
            "give exactly one of assistantId and assistantName.");
        NoNul("assistantId", id);
        NoNul("assistantName", name);
    }

    static void CodeInterpreter(AssistantRequest request, AssistantLimits limits)
    {
        Count("codeInterpreterFileIds", request.CodeInterpreterFileIds, 0, limits.CodeFiles);
        Never("codeInterpreterFileIds", request is { CodeInterpreter: false, CodeInterpreterFileIds.Count: > 0 },
            "needs the code interpreter, but codeInterpreter is false.");
    }

    static void Knowledge(AssistantRequest request, AssistantLimits limits)
    {
        Count("vectorStoreIds", request.VectorStoreIds, 0, limits.VectorStores);
        Never("vectorStoreIds", request is { VectorStoreIds.Count: > 0, KnowledgeFileIds.Count: > 0 },
            "cannot be combined with knowledgeFileIds. Give one or the other.");
        Never("knowledgeFileIds", request is { KnowledgeRetrieval: false, KnowledgeFileIds.Count: > 0 },
            "needs knowledge retrieval, but knowledgeRetrieval is false.");
        Never("vectorStoreIds", request is { KnowledgeRetrieval: false, VectorStoreIds.Count: > 0 },
            "needs knowledge retrieval, but knowledgeRetrieval is false.");
    }

    static void Functions(IReadOnlyList<FunctionTool>? functions)
    {
        foreach (var (index, function) in (functions ?? []).Index())
        {
            ToolChecks.Function($"functions[{index}]", function, FunctionName.LongestOfChat);
            Never($"functions[{index}].queue", function.Queue is not null || function.Timeout is not null,
                "and timeout apply only to a message's functions. Name the handler in the worker's settings "
                    + "(Tools:Functions), or in the tools of a message.");
        }
        Never("functions", functions?.DistinctBy(function => function.Name).Count() < functions?.Count,
            "has two with the same name.");
    }
}
