using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations.Text.Functions;
using OpenAIWorker.Operations.Text.Messages;
using OpenAIWorker.Operations.Text.Responses;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Operations.Text.Chat;

/// <summary>A <see cref="MessageModel"/> as the body of <c>POST /chat/completions</c>.</summary>
static class ChatBody
{
    /// <param name="request">The message.</param>
    /// <param name="turns">Messages that are replaced by others, in the API's form.</param>
    public static JsonBody Of(MessageModel request,
        IReadOnlyDictionary<int, IReadOnlyList<JsonElement>>? turns = null) => new(request)
    {
        { "model", ResponsesBody.Named(request.Model) },
        { "messages", Messages(request, turns) },
        { "max_completion_tokens", request.MaxTokens },
        { "n", request.Completions },
        { "temperature", request.Temperature },
        { "top_p", request.TopP },
        { "frequency_penalty", request.FrequencyPenalty },
        { "presence_penalty", request.PresencePenalty },
        { "stop", request.Stop },
        { "seed", request.Seed },
        { "logprobs", request.Logprobs ?? (request.TopLogprobs is not null ? true : null) },
        { "top_logprobs", request.Logprobs == false ? null : request.TopLogprobs },
        { "tools", request.Tools?.Select(Tool) },
        { "tool_choice", ToolChoices.ForChat(request) },
        { "tool_choice", ToolChoices.Mode(request) },
        { "parallel_tool_calls", request.ParallelToolCalls },
        { "reasoning_effort", request.ReasoningEffort },
        { "verbosity", request.Verbosity },
        { "response_format", Format(request.Output) },
        { "service_tier", request.ServiceTier },
        { "prompt_cache_key", request.PromptCacheKey },
        { "safety_identifier", request.SafetyIdentifier },
        { "store", request.Store },
        { "metadata", request.StoreMetadata },
    };

    static IEnumerable<JsonBody>? Messages(MessageModel request,
        IReadOnlyDictionary<int, IReadOnlyList<JsonElement>>? turns)
    {
        var messages = JsonHint.Messages(request)?.SelectMany((message, index) =>
            turns?.GetValueOrDefault(index)?.Select(ResponsesTools.Other) ?? [ChatMessages.Of(message)]);
        return request.Instructions is { } instructions
            ? messages?.Prepend(new() { { "role", "system" }, { "content", instructions } })
            : messages;
    }

    public static JsonBody Tool(ModelTool tool) => tool.Function is not { } function
        ? ResponsesTools.Other(tool.Other!.Value)
        : new()
        {
            { "type", "function" },
            {
                "function", new JsonBody
                {
                    { "name", function.Name },
                    { "description", function.Description },
                    { "parameters", ResponsesTools.ParametersOf(function) },
                    { "strict", function.Strict },
                }
            },
        };

    public static JsonBody? ToolChoice(string? choice) => choice is null || ToolChoices.IsMode(choice)
        ? null
        : new() { { "type", "function" }, { "function", new JsonBody { { "name", choice } } } };

    public static JsonBody? Format(OutputFormat? output) => output?.Type switch
    {
        OutputType.JsonObject => new() { { "type", "json_object" } },
        OutputType.JsonSchema => new() { { "type", "json_schema" }, { "json_schema", Schema(output) } },
        OutputType.Text => new() { { "type", "text" } },
        _ => null,
    };

    static JsonBody Schema(OutputFormat output) => new()
    {
        { "name", output.Name ?? OutputNames.Default },
        { "schema", output.Schema },
        { "description", output.Description },
        { "strict", output.Strict },
    };
}
