using OpenAIWorker.Emulator.Shapes;
using static OpenAIWorker.Emulator.Shapes.ShapeWords;

namespace OpenAIWorker.Emulator.Requests;

/// <summary>
/// Responses has a tool's fields beside its type. Tools that no operation of the worker sends are not checked.
/// </summary>
static class ResponsesTools
{
    static readonly Shape Type = Text();

    static readonly Shape Function = Record(
        Required("type", Type),
        Required("name", CommonFields.FunctionName),
        Required("parameters", OrNull(AnyObject)),
        Required("strict", OrNull(Flag)),
        Optional("defer_loading", Flag),
        Optional("output_schema", AnyObject),
        Callers(),
        Optional("description", Text())).Where(StrictSchema.CheckFunction);

    static readonly Shape FileSearch = Record(
        Required("type", Type),
        Required("vector_store_ids", ListOf(Text(min: 1), min: 1)),
        Optional("filters", SearchFilter.Shape),
        Optional("max_num_results", Integer(1, 50)),
        Optional("ranking_options", Record(
            Optional("ranker", Choice("auto", "default-2024-11-15")),
            Optional("score_threshold", Number(double.MinValue, double.MaxValue)),
            Optional("hybrid_search", Record(
                Required("embedding_weight", Number(double.MinValue, double.MaxValue)),
                Required("text_weight", Number(double.MinValue, double.MaxValue)))))));

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
                Optional("network_policy", Tagged("type",
                    ("disabled", Record(Required("type", Type))),
                    ("allowlist", Record(
                        Required("type", Type),
                        Required("allowed_domains", ListOf(Text(), min: 1)),
                        Optional("domain_secrets", ListOf(Record(
                            Required("domain", Text(min: 1)), Required("name", Text(min: 1)),
                            Required("value", Text(1, 10_485_760))), min: 1))))))))))),
        Callers());

    static readonly Shape ImageGeneration = Record(
        Required("type", Type),
        Optional("model", Text()),
        Optional("quality", Choice("low", "medium", "high", "auto")),
        Optional("size", Text()),
        Optional("output_format", Choice("png", "webp", "jpeg")),
        Optional("output_compression", Integer(0, 100)),
        Optional("moderation", Choice("auto", "low")),
        Optional("background", Choice("transparent", "opaque", "auto")),
        Optional("input_fidelity", Choice("high", "low")),
        Optional("input_image_mask", Record(Optional("image_url", Text()), Optional("file_id", Text()))),
        Optional("partial_images", Integer(0, 3)),
        Optional("action", Choice("generate", "edit", "auto")));

    static readonly Shape ToolFilter = Record(Optional("tool_names", ListOf(Text())), Optional("read_only", Flag));

    static readonly Shape Mcp = Record(
        Required("type", Type),
        Required("server_label", Text()),
        Optional("server_url", Text()),
        Optional("connector_id", Choice(
            "connector_dropbox", "connector_gmail", "connector_googlecalendar", "connector_googledrive",
            "connector_microsoftteams", "connector_outlookcalendar", "connector_outlookemail", "connector_sharepoint")),
        Optional("tunnel_id", Text()),
        Optional("authorization", Text()),
        Optional("server_description", Text()),
        Optional("headers", Map(Text())),
        Optional("allowed_tools", OneOf(ListOf(Text()), ToolFilter)),
        Optional("require_approval",
            OneOf(Choice("always", "never"), Record(Optional("always", ToolFilter), Optional("never", ToolFilter)))),
        Optional("defer_loading", Flag),
        Callers());

    static readonly Shape Custom = Record(
        Required("type", Type),
        Required("name", Text()),
        Optional("description", Text()),
        Optional("format", Tagged("type",
            ("text", Record(Required("type", Type))),
            ("grammar", Record(Required("type", Type), Required("syntax", Choice("lark", "regex")),
                Required("definition", Text()))))),
        Optional("defer_loading", Flag),
        Callers());

    static Field Callers() => Optional("allowed_callers", ListOf(Choice("direct", "programmatic"), min: 1));

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
        ("custom", Custom),
        ("image_generation", ImageGeneration),
        ("local_shell", AnyObject),
        ("mcp", Mcp),
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
