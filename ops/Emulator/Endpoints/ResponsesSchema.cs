using System.Text.Json;
using OpenAIWorker.Emulator.Schema;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>The body of <c>POST /responses</c>, after OpenAI's reference.</summary>
static class ResponsesSchema
{
    static readonly Typed Parts = new("", "type", new Dictionary<string, Group?>
    {
        ["input_text"] = new("", new Text("type"), new Text("text").Required()),
        ["output_text"] = new("", new Text("type"), new Text("text").Required(), new Several("annotations", new Anything("")), new Several("logprobs", new Anything(""))),
        ["refusal"] = new("", new Text("type"), new Text("refusal").Required()),
        ["input_image"] = new("", new Text("type"), new Text("image_url"), new Text("file_id"), Text.OneOf("detail", "low", "high", "auto", "original")),
        ["input_file"] = new("", new Text("type"), new Text("file_id"), new Text("file_url"), new Text("file_data"), new Text("filename")),
    });

    static readonly Typed Items = new("", "type", new Dictionary<string, Group?>
    {
        ["message"] = new("",
            new Text("type"), new Text("id"), new Text("status"),
            Text.OneOf("role", "user", "assistant", "system", "developer").Required(),
            new Either("content", Text: new Text(""), Array: new Several("", Parts, Least: 1)).Required()),
        ["function_call"] = new("",
            new Text("type"), new Text("id"), new Text("status"), new Text("call_id", Least: 1).Required(), new Text("name", Pattern: Shared.NamePattern).Required(),
            new Text("arguments").Required()),
        ["function_call_output"] = new("",
            new Text("type"), new Text("id"), new Text("status"), new Text("call_id", Least: 1).Required(),
            new Either("output", Text: new Text(""), Array: new Several("", Parts)).Required()),
        ["reasoning"] = null,
        ["item_reference"] = null,
        ["web_search_call"] = null,
        ["file_search_call"] = null,
        ["code_interpreter_call"] = null,
    }, Default: "message");

    static readonly Typed Tools = new("", "type", new Dictionary<string, Group?>
    {
        ["function"] = new("", [new Text("type"), .. Shared.Function]),
        ["file_search"] = new("",
            new Text("type"), new Several("vector_store_ids", new Text(""), Least: 1).Required(), Number.Whole("max_num_results", 1, 50), new Anything("filters"), new Anything("ranking_options")),
        ["web_search"] = new("",
            new Text("type"), Text.OneOf("search_context_size", "low", "medium", "high"),
            new Group("filters", new Several("allowed_domains", new Text(""))),
            new Group("user_location", Text.OneOf("type", "approximate").Required(), new Text("country"), new Text("city"), new Text("region"), new Text("timezone"))),
        ["code_interpreter"] = new("",
            new Text("type"),
            new Either("container", Text: new Text(""), Object: new Group("",
                Text.OneOf("type", "auto").Required(), new Several("file_ids", new Text(""), Most: 50), new Text("memory_limit"), new Anything("network_policy"))).Required()),
        ["image_generation"] = null,
        ["mcp"] = null,
        ["computer"] = null,
    });

    static readonly Typed Format = new("format", "type", new Dictionary<string, Group?>
    {
        ["text"] = new("", new Text("type")),
        ["json_object"] = new("", new Text("type")),
        ["json_schema"] = new("", [new Text("type"), .. Shared.NamedSchema]),
    });

    static readonly Group Fields = new("",
    [
        Shared.Model,
        .. Shared.Sampling,
        new Either("input", Text: new Text(""), Array: new Several("", Items)),
        new Text("instructions"),
        Number.Whole("max_output_tokens", 16),
        Number.Whole("max_tool_calls", 1),
        new Several("tools", Tools, Most: 128),
        new Either("tool_choice", Text: Text.OneOf("", "none", "auto", "required"), Object: new Anything("")),
        new Group("reasoning", Text.OneOf("effort", Shared.Efforts), Text.OneOf("summary", "none", "auto", "concise", "detailed")),
        new Group("text", Format, Text.OneOf("verbosity", Shared.Verbosities)),
        new Text("previous_response_id"),
        new Either("conversation", Text: new Text(""), Object: new Group("", new Text("id").Required())),
        new Several("include", Text.OneOf("",
            "file_search_call.results", "web_search_call.results", "web_search_call.action.sources", "message.input_image.image_url",
            "computer_call_output.output.image_url", "code_interpreter_call.outputs", "reasoning.encrypted_content", "message.output_text.logprobs")),
        Text.OneOf("truncation", "auto", "disabled"),
        new Truth("background"),
        new Anything("prompt"),
        new Anything("stream_options"),
        new Anything("context_management", IsObject: false),
    ]);

    public static readonly RequestSchema Request = new(Fields, body =>
    {
        if (Has(body, "conversation") && Has(body, "previous_response_id"))
            throw new ApiException(400, "Mutually exclusive parameters: 'previous_response_id' and 'conversation'.", param: "previous_response_id", code: "mutually_exclusive_parameters");
        if (!Has(body, "input") && !Has(body, "prompt") && !Has(body, "conversation") && !Has(body, "previous_response_id"))
            throw new ApiException(400, "One of \"input\" or \"previous_response_id\" or 'prompt' or 'conversation' must be provided.", param: "input", code: "missing_required_parameter");
        if (body.TryGetProperty("background", out var background) && background.ValueKind == JsonValueKind.True && body.TryGetProperty("store", out var store) && store.ValueKind == JsonValueKind.False)
            throw new ApiException(400, "Background mode requires 'store' to be true.", param: "background", code: "invalid_value");
        Rules.JsonIsSpokenOf(body, "text", "format", "text.format", "input", "instructions");
        Rules.NoStream(body);
    });

    static bool Has(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;
}
