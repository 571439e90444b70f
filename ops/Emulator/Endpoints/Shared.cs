using OpenAIWorker.Emulator.Schema;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>Fields that several families have.</summary>
static class Shared
{
    public const string NamePattern = "^[a-zA-Z0-9_-]{1,64}$";

    public static readonly Field Model = new Text("model", Least: 1).Required();

    public static readonly IReadOnlyList<Field> Sampling =
    [
        new Number("temperature", 0, 2),
        new Number("top_p", 0, 1),
        Number.Whole("top_logprobs", 0, 20),
        new Truth("parallel_tool_calls"),
        new Truth("store"),
        new Truth("stream"),
        new Pairs("metadata"),
        Text.OneOf("service_tier", "auto", "default", "flex", "scale", "priority", "fast"),
        new Text("safety_identifier", Most: 64),
        new Text("prompt_cache_key"),
        new Anything("prompt_cache_options"),
        new Anything("moderation"),
        new Text("user"),
    ];

    public static readonly IReadOnlyList<string> Efforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

    public static readonly IReadOnlyList<string> Verbosities = ["low", "medium", "high"];

    /// <summary>A named JSON Schema, as both APIs take it, each around another member.</summary>
    public static readonly IReadOnlyList<Field> NamedSchema =
    [
        new Text("name", Pattern: NamePattern).Required(),
        new Anything("schema").Required(),
        new Text("description"),
        new Truth("strict"),
    ];

    /// <summary>A function, as both APIs take it, each around another member.</summary>
    public static readonly IReadOnlyList<Field> Function =
    [
        new Text("name", Pattern: NamePattern).Required(),
        new Text("description"),
        new Anything("parameters"),
        new Truth("strict"),
    ];
}
