using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations.Text.Functions;
using OpenAIWorker.Operations.Text.Messages;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Operations.Text.Responses;

/// <summary>A <see cref="MessageModel"/> as the body of <c>POST /responses</c>.</summary>
static class ResponsesBody
{
    /// <param name="request">The message.</param>
    /// <param name="items">Items that replace some messages, in the API's form.</param>
    public static JsonBody Of(MessageModel request,
        IReadOnlyDictionary<int, IReadOnlyList<JsonElement>>? items = null) => new(request)
    {
        { "model", Named(request.Model) },
        { "prompt", Prompt(request.Prompt) },
        { "input", JsonHint.Messages(request)?.SelectMany((message, index) =>
            items?.GetValueOrDefault(index)?.Select(ResponsesTools.Other) ?? ResponsesInput.Of(message)) },
        { "instructions", request.Instructions },
        { "max_output_tokens", request.MaxTokens },
        { "temperature", request.Temperature },
        { "top_p", request.TopP },
        { "top_logprobs", request.TopLogprobs },
        { "tools", request.Tools?.Select(ResponsesTools.Of) },
        { "tool_choice", ToolChoices.ForResponses(request) },
        { "tool_choice", ToolChoices.Mode(request) },
        { "parallel_tool_calls", request.ParallelToolCalls },
        { "max_tool_calls", request.MaxToolCalls },
        { "reasoning", Reasoning(request) },
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

    /// <summary>The model's name; null if it is blank.</summary>
    public static string? Named(string? model) => string.IsNullOrWhiteSpace(model) ? null : model;

    static JsonBody? Prompt(StoredPrompt? prompt) => prompt is null ? null : new()
    {
        { "id", prompt.Id },
        { "version", prompt.Version },
        { "variables", Variables(prompt.Variables) },
    };

    static JsonBody? Variables(IReadOnlyDictionary<string, JsonElement>? variables)
    {
        var body = new JsonBody();
        foreach (var (name, value) in variables ?? new Dictionary<string, JsonElement>())
            body.Add(name, value);
        return body;
    }

    static JsonBody Reasoning(MessageModel request) => new()
    {
        { "effort", request.ReasoningEffort },
        { "summary", request.ReasoningSummary is "none" ? null : request.ReasoningSummary },
        { "mode", request.ReasoningMode },
        { "context", request.ReasoningContext },
    };

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
        request.Logprobs ?? request.TopLogprobs is not null
            ? (request.Include ?? []).Union(["message.output_text.logprobs"])
            : request.Include;
}
