using OpenAIWorker.Emulator.Shapes;
using static OpenAIWorker.Emulator.Shapes.ShapeWords;

namespace OpenAIWorker.Emulator.Requests;

/// <summary>Responses has a tool's fields beside its type. Tools that no operation of ours sends are not looked into.</summary>
static class ResponsesTools
{
    static readonly Shape Type = Text();

    static readonly Shape Function = Record(
        Required("type", Type),
        Required("name", CommonFields.Name),
        Optional("parameters", AnyObject),
        Optional("strict", Flag),
        Optional("defer_loading", Flag),
        Optional("description", Text())).Where(StrictSchema.CheckFunction);

    static readonly Shape FileSearch = Record(
        Required("type", Type),
        Required("vector_store_ids", ListOf(Text(min: 1), min: 1)),
        Optional("filters", AnyObject),
        Optional("max_num_results", Integer(1, 50)),
        Optional("ranking_options", AnyObject));

    static readonly Shape WebSearch = Record(
        Required("type", Type),
        Optional("external_web_access", Flag),
        Optional("filters", Record(
            Optional("allowed_domains", ListOf(Text(min: 1), max: 100)),
            Optional("blocked_domains", ListOf(Text(min: 1), max: 100)))),
        Optional("return_token_budget", Anything),
        Optional("search_content_types", ListOf(Text())),
        Optional("search_context_size", Choice("low", "medium", "high")),
        Optional("user_location", Record(
            Optional("type", Choice("approximate")),
            Optional("city", Text()),
            Optional("country", Text()),
            Optional("region", Text()),
            Optional("timezone", Text()))));

    static readonly Shape CodeInterpreter = Record(
        Required("type", Type),
        Required("container", OneOf(Text(min: 1), Tagged("type",
            ("auto", Record(
                Required("type", Type),
                Optional("file_ids", ListOf(Text(min: 1), max: 50)),
                Optional("memory_limit", Choice("1g", "4g", "16g", "64g")),
                Optional("network_policy", AnyObject)))))));

    public static readonly Shape Shape = Tagged("type",
        ("function", Function),
        ("file_search", FileSearch),
        ("web_search", WebSearch),
        ("web_search_2025_08_26", WebSearch),
        ("web_search_preview", WebSearch),
        ("web_search_preview_2025_03_11", WebSearch),
        ("code_interpreter", CodeInterpreter),
        ("apply_patch", AnyObject),
        ("computer", AnyObject),
        ("computer_use_preview", AnyObject),
        ("custom", AnyObject),
        ("image_generation", AnyObject),
        ("local_shell", AnyObject),
        ("mcp", AnyObject),
        ("namespace", AnyObject),
        ("shell", AnyObject),
        ("tool_search", AnyObject));

    public static readonly Shape ToolChoice = OneOf(Choice("none", "auto", "required"), Tagged("type",
        ("function", Record(Required("type", Type), Required("name", Text(min: 1)))),
        ("custom", Record(Required("type", Type), Required("name", Text(min: 1)))),
        ("mcp", Record(Required("type", Type), Required("server_label", Text(min: 1)), Optional("name", Text()))),
        ("allowed_tools", Record(
            Required("type", Type),
            Required("mode", Choice("auto", "required")),
            Required("tools", ListOf(AnyObject)))),
        ("apply_patch", Hosted()),
        ("code_interpreter", Hosted()),
        ("computer", Hosted()),
        ("computer_use_preview", Hosted()),
        ("file_search", Hosted()),
        ("image_generation", Hosted()),
        ("shell", Hosted()),
        ("web_search", Hosted()),
        ("web_search_preview", Hosted())));

    static RecordShape Hosted() => Record(Required("type", Type));
}
