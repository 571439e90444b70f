using OpenAIWorker.Emulator.Shapes;
using static OpenAIWorker.Emulator.Shapes.ShapeWords;

namespace OpenAIWorker.Emulator.Requests;

/// <summary>Requests of the former Assistants API, version 2.</summary>
static class AssistantRequest
{
    static readonly Shape Type = Text();

    static readonly Shape Tools = ListOf(Tagged("type",
        ("code_interpreter", Record(Required("type", Type))),
        ("file_search", Record(Required("type", Type),
            Optional("file_search", Record(Optional("max_num_results", Integer(1, 50)),
                Optional("ranking_options", AnyObject))))),
        ("function", Record(Required("type", Type), Required("function", Record(
            Required("name", CommonFields.Name), Optional("description", Text()), Optional("parameters", AnyObject),
            Optional("strict", Flag)))))), max: 128);

    static readonly Shape Resources = Record(
        Optional("code_interpreter", Record(Optional("file_ids", ListOf(Text(min: 1), max: 20)))),
        Optional("file_search", Record(Optional("vector_store_ids", ListOf(Text(min: 1), max: 1)))));

    static readonly Shape Format = OneOf(Choice("auto"), Tagged("type",
        ("text", Record(Required("type", Type))),
        ("json_object", Record(Required("type", Type))),
        ("json_schema", Record(Required("type", Type), Required("json_schema", AnyObject)))));

    static readonly Shape ToolChoice = OneOf(Choice("none", "auto", "required"), AnyObject);

    static readonly Field[] Common =
    [
        Optional("name", Text(max: 256)),
        Optional("description", Text(max: 512)),
        Optional("instructions", Text(max: 256_000)),
        Optional("tools", Tools),
        Optional("tool_resources", Resources),
        Optional("metadata", CommonFields.Metadata),
        Optional("temperature", Number(0, 2)),
        Optional("top_p", Number(0, 1)),
        Optional("response_format", Format),
        Optional("reasoning_effort", CommonFields.ReasoningEffort),
    ];

    public static readonly Shape Create = Record([Required("model", CommonFields.Model), .. Common]);

    public static readonly Shape Update = Record([Optional("model", CommonFields.Model), .. Common]);

    public static readonly Shape Thread = Record(Optional("metadata", CommonFields.Metadata));

    public static readonly Shape Message = Record(
        Required("role", Choice("user", "assistant")),
        Required("content", OneOf(Text(min: 1), ListOf(Tagged("type",
            ("text", Record(Required("type", Type), Required("text", Text()))),
            ("image_file", Record(Required("type", Type), Required("image_file", AnyObject))),
            ("image_url", Record(Required("type", Type), Required("image_url", AnyObject)))), min: 1))),
        Optional("attachments", ListOf(
            Record(Required("file_id", Text(min: 1)), Required("tools", ListOf(AnyObject))))),
        Optional("metadata", CommonFields.Metadata));

    public static readonly Shape Run = Record(
        Required("assistant_id", Text(min: 1)),
        Optional("model", CommonFields.Model),
        Optional("instructions", Text(max: 256_000)),
        Optional("additional_instructions", Text()),
        Optional("tools", Tools),
        Optional("tool_choice", ToolChoice),
        Optional("max_prompt_tokens", Integer(256)),
        Optional("max_completion_tokens", Integer(256)),
        Optional("temperature", Number(0, 2)),
        Optional("top_p", Number(0, 1)),
        Optional("metadata", CommonFields.Metadata));

    public static readonly Shape Outputs = Record(
        Required("tool_outputs", ListOf(Record(Required("tool_call_id", Text(min: 1)), Required("output", Text())))));
}
