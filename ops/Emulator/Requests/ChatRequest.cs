using OpenAIWorker.Emulator.Shapes;
using static OpenAIWorker.Emulator.Shapes.ShapeWords;

namespace OpenAIWorker.Emulator.Requests;

/// <summary>The body of POST /v1/chat/completions.</summary>
static class ChatRequest
{
    static readonly Shape Format = Tagged("type",
        ("text", Record(Required("type", Text()))),
        ("json_object", Record(Required("type", Text()))),
        ("json_schema", Record(
            Required("type", Text()),
            Required("json_schema", Record(
                Required("name", CommonFields.Name),
                Required("schema", AnyObject),
                Optional("description", Text()),
                Optional("strict", Flag)).Where(StrictSchema.CheckFormat)))));

    public static readonly Shape Shape = Record(
        Required("model", CommonFields.Model),
        Required("messages", ListOf(ChatMessage.Shape, min: 1)),
        Optional("audio", AnyObject),
        Optional("frequency_penalty", Number(-2, 2)),
        Optional("function_call", OneOf(Choice("none", "auto"), AnyObject)),
        Optional("functions", ListOf(AnyObject, min: 1, max: 128)),
        Optional("logit_bias", Map(Integer(-100, 100))),
        Optional("logprobs", Flag),
        Optional("max_completion_tokens", Integer(min: 1)),
        Optional("max_tokens", Integer(min: 1)),
        Optional("metadata", CommonFields.Metadata),
        Optional("modalities", ListOf(Choice("text", "audio"))),
        Optional("moderation", AnyObject),
        Optional("n", Integer(1, 128)),
        Optional("parallel_tool_calls", Flag),
        Optional("prediction", AnyObject),
        Optional("presence_penalty", Number(-2, 2)),
        Optional("prompt_cache_key", Text()),
        Optional("prompt_cache_options", CommonFields.CacheOptions),
        Optional("prompt_cache_retention", Choice("in_memory", "24h")),
        Optional("reasoning_effort", CommonFields.ReasoningEffort),
        Optional("response_format", Format),
        Optional("safety_identifier", Text(max: 128)),
        Optional("seed", Integer()),
        Optional("service_tier", Choice("auto", "default", "flex", "scale", "priority", "fast")),
        Optional("stop", OneOf(Text(), ListOf(Text(), min: 1, max: 4))),
        Optional("store", Flag),
        Optional("stream", Flag),
        Optional("stream_options", AnyObject),
        Optional("temperature", Number(0, 2)),
        Optional("tool_choice", ChatTools.ToolChoice),
        Optional("tools", ListOf(ChatTools.Shape, min: 1)),
        Optional("top_logprobs", Integer(0, 20)),
        Optional("top_p", Number(0, 1)),
        Optional("user", Text()),
        Optional("verbosity", CommonFields.Verbosity),
        Optional("web_search_options", AnyObject)).Where(ChatRules.All);
}
