using OpenAIWorker.Emulator.Shapes;

namespace OpenAIWorker.Emulator.Requests;

/// <summary>Rules between fields of a chat request.</summary>
static class ChatRules
{
    public static readonly Func<JsonElement, Refusal?>[] All =
    [
        CommonFields.NoStream,
        OneTokenLimit,
        TopLogprobsNeedLogprobs,
        JsonObjectIsAskedForInWords,
        NeedsTools("tool_choice"),
        NeedsTools("parallel_tool_calls"),
        NamedFunctionExists,
        ChatTurns.Check,
    ];

    static Refusal? OneTokenLimit(JsonElement body) =>
        body.Member("max_tokens") is not null && body.Member("max_completion_tokens") is not null
            ? new Refusal("invalid_parameter_combination",
                "Setting '{path}' and 'max_completion_tokens' at the same time is not supported.").At("max_tokens")
            : null;

    static Refusal? TopLogprobsNeedLogprobs(JsonElement body) =>
        body.Member("top_logprobs") is not null && !body.IsTrue("logprobs")
            ? new Refusal("invalid_value", "The '{path}' parameter is only allowed when 'logprobs' is enabled.")
            .At("top_logprobs")
            : null;

    static Refusal? JsonObjectIsAskedForInWords(JsonElement body) =>
        body.Member("response_format")?.Is("type", "json_object") == true
            && !JsonWord.IsIn(body.GetProperty("messages"))
            ? new Refusal(Code: null,
                "'{path}' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.")
                    .At("messages")
            : null;

    static Func<JsonElement, Refusal?> NeedsTools(string name) => body =>
        body.Member(name) is not null && body.Member("tools") is null
            ? new Refusal("invalid_value", "'{path}' is only allowed when 'tools' are specified.").At(name)
            : null;

    static Refusal? NamedFunctionExists(JsonElement body)
    {
        var named = body.Member("tool_choice")?.Member("function")?.Text("name");
        return named is null || body.Items("tools").Any(tool => tool.Member("function")?.Is("name", named) == true)
            ? null
            : new Refusal("invalid_value", $"The tool named '{named}' in '{{path}}' was not found in 'tools'.")
            .At("tool_choice");
    }
}
