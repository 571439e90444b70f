using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>Turns a message to an assistant into a message to its model.</summary>
static class AssistantTurn
{
    public static MessageModel Of(MessageAssistant request, JsonElement assistant) => new()
    {
        JobId = request.JobId,
        Credential = request.Credential,
        Timeout = request.Timeout,
        MaxRetries = request.MaxRetries,
        NotBefore = request.NotBefore,
        Deadline = request.Deadline,
        Priority = request.Priority,
        Metadata = request.Metadata,
        SafetyIdentifier = request.SafetyIdentifier,
        Extra = request.Extra,
        Simplify = request.Simplify,
        Model = request.Unless(assistant.Text("model"), "model") ?? "",
        Instructions = request.Unless(assistant.Text("instructions"), "instructions"),
        Messages = [.. Said(request)],
        Output = request.Unless(AssistantReading.Output(assistant.Member("response_format")), "text.format",
            "response_format"),
        Temperature = request.Unless(assistant.Decimal("temperature"), "temperature"),
        TopP = request.Unless(assistant.Decimal("top_p"), "top_p"),
        ReasoningEffort = request.Unless(assistant.Text("reasoning_effort"), "reasoning.effort", "reasoning_effort"),
        Tools = Tools(request, assistant) is { Count: > 0 } tools ? tools : null,
        ToolChoice = request.ToolChoice,
        MaxToolRounds = request.MaxToolRounds,
        MaxTokens = request.MaxTokens,
        Background = request.Background,
    };

    /// <summary>The user's messages of this turn.</summary>
    public static IEnumerable<ModelMessage> Said(MessageAssistant request)
    {
        foreach (var output in request.ToolOutputs ?? [])
            yield return new() { Role = "tool", ToolCallId = output.ToolCallId, Text = output.Text };
        if (request.Approvals is { Count: > 0 } approvals)
            yield return new() { Approvals = approvals };
        if (request.Prompt is not null)
            yield return new() { Text = request.Prompt, Images = request.Images, Files = request.Files };
    }

    public static AssistantMessaged Answered(ModelMessaged answer, ProviderResponse assistant, string? thread) => new()
    {
        Model = answer.Model,
        ServiceTier = answer.ServiceTier,
        RequestId = answer.RequestId,
        Usage = answer.Usage,
        Raw = answer.Raw,
        Text = answer.Text,
        Json = answer.Json,
        FinishReason = answer.FinishReason,
        Refusal = answer.Refusal,
        Reasoning = answer.Reasoning,
        ReasoningSummary = answer.ReasoningSummary,
        ToolCalls = answer.ToolCalls,
        McpApprovals = answer.McpApprovals,
        Annotations = answer.Annotations,
        Files = answer.Files,
        OtherOutput = answer.OtherOutput,
        AssistantId = assistant.Body.Text("id"),
        ThreadId = thread,
        ResponseId = answer.ResponseId,
    };

    public static List<ModelTool> Tools(MessageAssistant request, JsonElement assistant)
    {
        var given = request.Tools ?? [];
        var names = given.Select(tool => tool?.Function?.Name).OfType<string>().ToHashSet();
        return request.PreserveOriginalTools == false
            ? [.. given]
            : [.. Own(assistant).Where(tool => tool.Function is not { } function || !names.Contains(function.Name)),
                .. given];
    }

    static IEnumerable<ModelTool> Own(JsonElement assistant)
    {
        if (AssistantReading.Has(assistant, "code_interpreter"))
            yield return new() { CodeInterpreter = new() { FileIds = AssistantReading.CodeFiles(assistant) } };
        // The API refuses a search without vector stores.
        if (AssistantReading.Tool(assistant, "file_search") is { } search
            && AssistantReading.VectorStores(assistant) is { } stores)
            yield return new()
            {
                FileSearch = new()
                {
                    VectorStoreIds = stores,
                    MaxResults = (int?)search.Member("file_search")?.Number("max_num_results")
                }
            };
        foreach (var function in AssistantReading.Functions(assistant))
            yield return new() { Function = function };
    }
}
