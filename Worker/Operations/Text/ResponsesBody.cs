using OpenAIWorker.Contracts;

namespace OpenAIWorker.Operations.Text;

/// <summary>A <see cref="MessageModel"/> as the body of <c>POST /responses</c>.</summary>
static class ResponsesBody
{
    public static JsonBody Of(MessageModel request) => new(request)
    {
        { "model", request.Model },
        { "input", JsonHint.Messages(request)?.SelectMany(ResponsesInput.Of) },
        { "instructions", request.Instructions },
        { "max_output_tokens", request.MaxTokens },
        { "temperature", request.Temperature },
        { "top_p", request.TopP },
        { "top_logprobs", request.TopLogprobs },
        { "tools", request.Tools?.Select(ResponsesTools.Of) },
        { "tool_choice", ToolChoice(request.ToolChoice) },
        { "tool_choice", IsMode(request.ToolChoice) ? request.ToolChoice : null },
        { "parallel_tool_calls", request.ParallelToolCalls },
        { "max_tool_calls", request.MaxToolCalls },
        { "reasoning", new JsonBody { { "effort", request.ReasoningEffort }, { "summary", request.ReasoningSummary } } },
        { "text", new JsonBody { { "format", Format(request.Output) }, { "verbosity", request.Verbosity } } },
        { "service_tier", request.ServiceTier },
        { "prompt_cache_key", request.PromptCacheKey },
        { "safety_identifier", request.SafetyIdentifier },
        { "store", request.Store },
        { "metadata", request.StoreMetadata },
        { "previous_response_id", request.PreviousResponseId },
        { "conversation", request.ConversationId },
        { "include", Include(request) },
        { "truncation", request.Truncation },
        { "background", request.Background },
    };

    public static bool IsMode(string? choice) => choice is "auto" or "none" or "required";

    static JsonBody? ToolChoice(string? choice) =>
        choice is null || IsMode(choice) ? null : new() { { "type", "function" }, { "name", choice } };

    static JsonBody? Format(OutputFormat? output) => output?.Type switch
    {
        OutputType.JsonObject => new() { { "type", "json_object" } },
        OutputType.JsonSchema => new()
        {
            { "type", "json_schema" },
            { "name", output.Name ?? OutputNames.Default },
            { "schema", output.Schema },
            { "description", output.Description },
            { "strict", output.Strict },
        },
        OutputType.Text => new() { { "type", "text" } },
        _ => null,
    };

    static IEnumerable<string>? Include(MessageModel request) =>
        request.Logprobs == true || request.TopLogprobs > 0 ? (request.Include ?? []).Union(["message.output_text.logprobs"]) : request.Include;
}
