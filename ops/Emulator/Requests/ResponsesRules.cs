using OpenAIWorker.Emulator.Shapes;

namespace OpenAIWorker.Emulator.Requests;

/// <summary>Rules between fields of a Responses request.</summary>
static class ResponsesRules
{
    public static readonly Func<JsonElement, Refusal?>[] All =
    [
        CommonFields.NoStream,
        ModelIsKnown,
        SomethingIsAsked,
        OneHistory,
        BackgroundIsStored,
        JsonObjectIsAskedForInWords,
        NamedFunctionExists,
        ResponsesTurns.Check,
    ];

    static Refusal? ModelIsKnown(JsonElement body) => body.Member("model") is null && body.Member("prompt") is null
        ? new Refusal("missing_required_parameter", "Missing required parameter: '{path}'.").At("model")
        : null;

    static Refusal? SomethingIsAsked(JsonElement body) =>
        Array.Exists(["input", "previous_response_id", "prompt", "conversation"], name => body.Member(name) is not null)
            ? null
            : new Refusal("missing_required_parameter",
                "One of \"{path}\" or \"previous_response_id\" or 'prompt' or 'conversation' must be provided.")
                    .At("input");

    static Refusal? OneHistory(JsonElement body) =>
        body.Member("conversation") is not null && body.Member("previous_response_id") is not null
            ? new Refusal("mutually_exclusive_parameters",
                "Mutually exclusive parameters. Ensure you are only providing one of: 'previous_response_id' or "
                    + "'{path}'.")
                .At("conversation")
            : null;

    static Refusal? BackgroundIsStored(JsonElement body) =>
        body.IsTrue("background") && body.Member("store") is { ValueKind: JsonValueKind.False }
            ? new Refusal("invalid_value",
                "Background mode requires 'store' to be true, but '{path}' was true and 'store' false.")
                    .At("background")
            : null;

    static Refusal? JsonObjectIsAskedForInWords(JsonElement body) =>
        body.Member("text")?.Member("format")?.Is("type", "json_object") == true
        && body.Member("input") is { } input && !JsonWord.IsIn(input)
            ? new Refusal(Code: null,
                "Response input messages must contain the word 'json' in some form to use 'text.format' of type "
                    + "'json_object'.").At("input")
            : null;

    static Refusal? NamedFunctionExists(JsonElement body) =>
        body.Member("tool_choice") is { } choice && choice.Is("type", "function")
        && !body.Items("tools").Any(tool => tool.Is("name", choice.Text("name")!))
            ? new Refusal("invalid_value", "Tool choice 'function' not found in 'tools' parameter.").At("tool_choice")
            : null;
}
