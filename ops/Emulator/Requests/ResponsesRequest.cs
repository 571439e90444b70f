using System.Text.RegularExpressions;
using OpenAIWorker.Emulator.Shapes;
using static OpenAIWorker.Emulator.Shapes.ShapeWords;

namespace OpenAIWorker.Emulator.Requests;

/// <summary>The body of POST /v1/responses.</summary>
static partial class ResponsesRequest
{
    static readonly Shape ConversationId = Text(min: 1, pattern: ConversationPattern);

    static readonly Shape Format = Tagged("type",
        ("text", Record(Required("type", Text()))),
        ("json_object", Record(Required("type", Text()))),
        ("json_schema", Record(
            Required("type", Text()),
            Required("name", CommonFields.Name),
            Required("schema", AnyObject),
            Optional("description", Text()),
            Optional("strict", Flag)).Where(StrictSchema.CheckFormat)));

    static readonly Shape Include = Choice(
        "code_interpreter_call.outputs",
        "computer_call_output.output.image_url",
        "file_search_call.results",
        "message.input_image.image_url",
        "message.output_text.logprobs",
        "reasoning.encrypted_content",
        "web_search_call.action.sources",
        "web_search_call.results");

    public static readonly Shape Shape = Record(
        Optional("model", CommonFields.Model),
        Optional("input", OneOf(Text(), ListOf(InputItem.Shape, min: 1))),
        Optional("background", Flag),
        Optional("context_management", ListOf(AnyObject)),
        Optional("conversation", OneOf(ConversationId, Record(Required("id", ConversationId)))),
        Optional("include", ListOf(Include)),
        Optional("instructions", Text()),
        Optional("max_output_tokens", Integer(min: 16)),
        Optional("max_tool_calls", Integer(min: 1)),
        Optional("metadata", CommonFields.Metadata),
        Optional("moderation", AnyObject),
        Optional("parallel_tool_calls", Flag),
        Optional("previous_response_id", Text(min: 1, pattern: ResponsePattern)),
        Optional("prompt", Record(Required("id", Text(min: 1)), Optional("version", Text()),
            Optional("variables", Map(OneOf(Text(), InputItem.Part))))),
        Optional("prompt_cache_key", Text()),
        Optional("prompt_cache_options", CommonFields.CacheOptions),
        Optional("prompt_cache_retention", Choice("in_memory", "24h")),
        Optional("reasoning", Record(
            Optional("mode", Text()),
            Optional("context", Choice("auto", "current_turn", "all_turns")),
            Optional("effort", CommonFields.ReasoningEffort),
            Optional("summary", Choice("auto", "concise", "detailed")),
            Optional("generate_summary", Choice("auto", "concise", "detailed")))),
        Optional("safety_identifier", Text(max: 128)),
        Optional("service_tier", Choice("auto", "default", "flex", "scale", "priority", "fast", "ultrafast")),
        Optional("store", Flag),
        Optional("stream", Flag),
        Optional("stream_options", AnyObject),
        Optional("temperature", Number(0, 2)),
        Optional("text", Record(Optional("format", Format), Optional("verbosity", CommonFields.Verbosity))),
        Optional("tool_choice", ResponsesTools.ToolChoice),
        Optional("tools", ListOf(ResponsesTools.Shape)),
        Optional("top_logprobs", Integer(0, 20)),
        Optional("top_p", Number(0, 1)),
        Optional("truncation", Choice("auto", "disabled")),
        Optional("user", Text())).Where(ResponsesRules.All);

    /// <summary>The conversation, named by its id or as an object.</summary>
    public static string? ConversationOf(JsonElement body) =>
        body.Member("conversation") is { } conversation ? conversation.Text("id") ?? conversation.GetString() : null;

    [GeneratedRegex("^conv")]
    static partial Regex ConversationPattern { get; }

    [GeneratedRegex("^resp")]
    static partial Regex ResponsePattern { get; }
}
