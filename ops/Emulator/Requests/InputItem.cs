using OpenAIWorker.Emulator.Shapes;
using static OpenAIWorker.Emulator.Shapes.ShapeWords;

namespace OpenAIWorker.Emulator.Requests;

/// <summary>
/// One item of the Responses input: a message, a function call, its output, or an earlier output item that is sent
/// back.
/// </summary>
static class InputItem
{
    static readonly Shape Type = Text();
    static readonly Shape Status = Choice("in_progress", "completed", "incomplete");

    static readonly (string, Shape)[] InputParts =
    [
        ("input_text", Record(Required("type", Type), Required("text", Text()), CommonFields.CacheBreakpoint)),
        ("input_image", Record(
            Required("type", Type),
            Optional("image_url", CommonFields.PictureUrl),
            Optional("file_id", Text(min: 1)),
            CommonFields.CacheBreakpoint,
            Required("detail", Choice("low", "high", "auto", "original"))).Where(HasOneOf("image_url", "file_id"))),
        ("input_file", Record(
            Required("type", Type),
            Optional("file_id", Text(min: 1)),
            Optional("file_data", Text(min: 1)),
            Optional("file_url", Text(min: 1)),
            Optional("filename", Text(min: 1)),
            CommonFields.CacheBreakpoint,
            Optional("detail", Choice("low", "high", "auto"))).Where(HasOneOf("file_id", "file_data", "file_url"))),
    ];

    static readonly Shape InputPart = Tagged("type", InputParts);

    /// <summary>A part of a message to a model.</summary>
    public static Shape Part => InputPart;

    // A model's message may be sent back unchanged, or be written by the sender.
    static readonly Shape SaidPart = Tagged("type", [
        .. InputParts,
        ("output_text", Record(
            Required("type", Type),
            Required("text", Text()),
            Optional("annotations", ListOf(AnyObject)),
            Optional("logprobs", ListOf(AnyObject)))),
        ("refusal", Record(Required("type", Type), Required("refusal", Text()))),
    ]);

    static readonly Shape Message = Tagged("role",
        ("user", MessageOf(InputPart)),
        ("system", MessageOf(InputPart)),
        ("developer", MessageOf(InputPart)),
        ("assistant", MessageOf(SaidPart)));

    static readonly Shape FunctionCall = Record(
        Required("type", Type),
        Required("call_id", Text(1, 64)),
        Required("name", Text(min: 1)),
        Required("arguments", Text()),
        Optional("id", Text(min: 1)),
        Optional("namespace", Text()),
        Optional("status", Status));

    static readonly Shape FunctionCallOutput = Record(
        Required("type", Type),
        Required("call_id", Text(1, 64)),
        Required("output", OneOf(Text(), ListOf(InputPart))),
        Optional("id", Text(min: 1)),
        Optional("status", Status));

    static readonly Shape Reasoning = Record(
        Required("type", Type),
        Required("summary", ListOf(AnyObject)),
        Optional("id", Text(min: 1)),
        Optional("content", ListOf(AnyObject)),
        Optional("encrypted_content", Text()),
        Optional("status", Status));

    static readonly Shape Reference = Record(Required("type", Type), Required("id", Text(min: 1)));

    public static readonly Shape Shape = Tagged("type",
        whenOmitted: item => item.Member("role") is null ? null : "message",
        ("message", Message),
        ("function_call", FunctionCall),
        ("function_call_output", FunctionCallOutput),
        ("reasoning", Reasoning),
        ("item_reference", Reference),
        ("apply_patch_call", AnyObject),
        ("apply_patch_call_output", AnyObject),
        ("code_interpreter_call", AnyObject),
        ("compaction", AnyObject),
        ("computer_call", AnyObject),
        ("computer_call_output", AnyObject),
        ("custom_tool_call", AnyObject),
        ("custom_tool_call_output", AnyObject),
        ("file_search_call", AnyObject),
        ("image_generation_call", AnyObject),
        ("local_shell_call", AnyObject),
        ("local_shell_call_output", AnyObject),
        ("mcp_approval_request", AnyObject),
        ("mcp_approval_response", AnyObject),
        ("mcp_call", AnyObject),
        ("mcp_list_tools", AnyObject),
        ("shell_call", AnyObject),
        ("shell_call_output", AnyObject),
        ("tool_search_call", AnyObject),
        ("tool_search_output", AnyObject),
        ("web_search_call", AnyObject));

    static RecordShape MessageOf(Shape part) => Record(
        Required("role", Text()),
        Required("content", OneOf(Text(), ListOf(part, min: 1))),
        Optional("type", Choice("message")),
        Optional("id", Text(min: 1)),
        Optional("phase", Choice("commentary", "final_answer")),
        Optional("status", Status));

    static Func<JsonElement, Refusal?> HasOneOf(params string[] names) => part =>
        Array.Exists(names, name => part.Member(name) is not null)
            ? null
            : new Refusal("missing_required_parameter",
                $"Missing required parameter: '{{path}}'. One of {Words.List(names)} must be provided.").At(names[0]);
}
