using System.Text.Json;
using OpenAIWorker.Emulator.Schema;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>The body of <c>POST /chat/completions</c>, after OpenAI's reference.</summary>
static class ChatSchema
{
    static readonly Group TextPart = new("", new Text("type"), new Text("text").Required());

    static readonly Either Plain = new("content", Text: new Text(""), Array: new Several("", new Typed("", "type", new Dictionary<string, Group?> { ["text"] = TextPart }), Least: 1));

    static readonly Either Rich = new("content", Text: new Text(""), Array: new Several("", new Typed("", "type", new Dictionary<string, Group?>
    {
        ["text"] = TextPart,
        ["image_url"] = new("", new Text("type"), new Group("image_url", new Text("url").Required(), Text.OneOf("detail", "auto", "low", "high", "original")).Required()),
        ["file"] = new("", new Text("type"), new Group("file", new Text("file_id"), new Text("filename"), new Text("file_data")).Required()),
        ["input_audio"] = new("", new Text("type"), new Group("input_audio", new Text("data").Required(), Text.OneOf("format", "wav", "mp3").Required()).Required()),
    }), Least: 1));

    static readonly Group ToolCall = new("",
        new Text("id", Least: 1).Required(), Text.OneOf("type", "function", "custom").Required(), new Anything("custom"),
        new Group("function", new Text("name").Required(), new Text("arguments").Required()));

    static readonly Typed Messages = new("", "role", new Dictionary<string, Group?>
    {
        ["system"] = new("", new Text("role"), Plain.Required(), new Text("name")),
        ["developer"] = new("", new Text("role"), Plain.Required(), new Text("name")),
        ["user"] = new("", new Text("role"), Rich.Required(), new Text("name")),
        ["assistant"] = new("", new Text("role"), Plain, new Text("name"), new Text("refusal"), new Anything("audio"), new Several("tool_calls", ToolCall, Least: 1)),
        ["tool"] = new("", new Text("role"), Plain.Required(), new Text("tool_call_id").Required()),
    });

    static readonly Typed Tools = new("", "type", new Dictionary<string, Group?>
    {
        ["function"] = new("", new Text("type"), new Group("function", Shared.Function).Required()),
        ["custom"] = null,
    });

    static readonly Typed Format = new("response_format", "type", new Dictionary<string, Group?>
    {
        ["text"] = new("", new Text("type")),
        ["json_object"] = new("", new Text("type")),
        ["json_schema"] = new("", new Text("type"), new Group("json_schema", Shared.NamedSchema).Required()),
    });

    static readonly Group Fields = new("",
    [
        Shared.Model,
        .. Shared.Sampling,
        new Several("messages", Messages, Least: 1).Required(),
        Number.Whole("n", 1, 128),
        Number.Whole("max_completion_tokens", 1),
        Number.Whole("max_tokens", 1),
        new Either("stop", Text: new Text(""), Array: new Several("", new Text(""), Least: 1, Most: 4)),
        new Number("frequency_penalty", -2, 2),
        new Number("presence_penalty", -2, 2),
        new Anything("logit_bias"),
        new Truth("logprobs"),
        Format,
        new Several("tools", Tools, Least: 1, Most: 128),
        new Either("tool_choice", Text: Text.OneOf("", "none", "auto", "required"), Object: new Anything("")),
        Text.OneOf("reasoning_effort", Shared.Efforts),
        Text.OneOf("verbosity", Shared.Verbosities),
        new Several("modalities", Text.OneOf("", "text", "audio")),
        new Anything("audio"),
        new Anything("prediction"),
        new Anything("web_search_options"),
        new Anything("stream_options"),
        Number.Whole("seed"),
        new Anything("function_call", IsObject: false),
        new Anything("functions", IsObject: false),
    ]);

    public static readonly RequestSchema Request = new(Fields, body =>
    {
        if (body.TryGetProperty("top_logprobs", out _) && !(body.TryGetProperty("logprobs", out var logprobs) && logprobs.ValueKind == JsonValueKind.True))
            throw new ApiException(400, "'top_logprobs' is only allowed when 'logprobs' is enabled.", param: "top_logprobs", code: "invalid_value");
        if (body.TryGetProperty("tool_choice", out _) && !body.TryGetProperty("tools", out _))
            throw new ApiException(400, "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.", param: "tool_choice");
        Rules.JsonIsSpokenOf(body, "response_format", null, "response_format", "messages");
        Rules.NoStream(body);
    });
}
