using OpenAIWorker.Emulator.Shapes;
using static OpenAIWorker.Emulator.Shapes.ShapeWords;

namespace OpenAIWorker.Emulator.Requests;

/// <summary>A chat message: each role has its own fields and kinds of content.</summary>
static class ChatMessage
{
    static readonly Shape Type = Text();

    static readonly (string, Shape) TextPart = ("text",
        Record(Required("type", Type), Required("text", Text()), CommonFields.CacheBreakpoint));

    static readonly (string, Shape) RefusalPart = ("refusal",
        Record(Required("type", Type), Required("refusal", Text())));

    static readonly (string, Shape) ImagePart = ("image_url", Record(
        Required("type", Type),
        CommonFields.CacheBreakpoint,
        Required("image_url", Record(
            Required("url", CommonFields.PictureUrl),
            Optional("detail", Choice("auto", "low", "high"))))));

    static readonly (string, Shape) AudioPart = ("input_audio", Record(
        Required("type", Type),
        CommonFields.CacheBreakpoint,
        Required("input_audio", Record(Required("data", Text(min: 1)), Required("format", Choice("wav", "mp3"))))));

    static readonly (string, Shape) FilePart = ("file", Record(
        Required("type", Type),
        CommonFields.CacheBreakpoint,
        Required("file", Record(
            Optional("file_id", Text(min: 1)),
            Optional("file_data", Text(min: 1)),
            Optional("filename", Text(min: 1))).Where(HasFile))));

    static readonly Shape ToolCall = Tagged("type",
        ("function", Record(
            Required("type", Type),
            Required("id", Text(min: 1)),
            Required("function", Record(Required("name", CommonFields.Name), Required("arguments", Text()))))),
        ("custom", Record(
            Required("type", Type),
            Required("id", Text(min: 1)),
            Required("custom", Record(Required("name", CommonFields.Name), Required("input", Text()))))));

    static readonly Shape Instructions = Record(
        Required("role", Text()),
        Required("content", OneOf(Text(), ListOf(Tagged("type", TextPart), min: 1))),
        Optional("name", CommonFields.Name));

    static readonly Shape User = Record(
        Required("role", Text()),
        Required("content", OneOf(Text(), ListOf(Tagged("type", TextPart, ImagePart, AudioPart, FilePart), min: 1))),
        Optional("name", CommonFields.Name));

    static readonly Shape Assistant = Record(
        Required("role", Text()),
        Optional("content", OneOf(Text(), ListOf(Tagged("type", TextPart, RefusalPart), min: 1))),
        Optional("annotations", ListOf(AnyObject)),
        Optional("audio", AnyObject),
        Optional("function_call", AnyObject),
        Optional("name", CommonFields.Name),
        Optional("refusal", Text()),
        Optional("tool_calls", ListOf(ToolCall, min: 1))).Where(SaysSomething);

    static readonly Shape Tool = Record(
        Required("role", Text()),
        Required("content", OneOf(Text(), ListOf(Tagged("type", TextPart), min: 1))),
        Required("tool_call_id", Text(min: 1)));

    static readonly Shape Function = Record(
        Required("role", Text()),
        Required("content", Text()),
        Required("name", CommonFields.Name));

    public static readonly Shape Shape = Tagged("role",
        ("system", Instructions),
        ("developer", Instructions),
        ("user", User),
        ("assistant", Assistant),
        ("tool", Tool),
        ("function", Function));

    static Refusal? HasFile(JsonElement file) => file.Member("file_id") is null && file.Member("file_data") is null
        ? new Refusal("missing_required_parameter", "Missing required parameter: '{path}'.").At("file_id")
        : null;

    static Refusal? SaysSomething(JsonElement message) =>
        Array.Exists(["content", "tool_calls", "function_call", "refusal", "audio"],
            name => message.Member(name) is not null)
            ? null
            : new Refusal("invalid_type", "Invalid value for '{path}': expected a string, got null.").At("content");
}
