using System.Text.RegularExpressions;

namespace OpenAIWorker.Tests.Document;

/// <summary>
/// What the emulator refuses beyond OpenAI's document, because OpenAI refuses it: the document's prose says so, or
/// calls have shown it.
/// </summary>
static class EmulatorRules
{
    static readonly (string Says, string Reason)[] All =
    [
        ("No tool (call|output) found for function call",
            "Calls and their outputs come in pairs; a schema cannot say it."),
        ("role 'tool' must be a response to|must be followed by tool messages",
            "Calls and their outputs come in pairs; a schema cannot say it."),
        ("Tool choice .* not found|was not found in 'tools'|only allowed when 'tools' are specified",
            "A choice is of one of the tools; a schema cannot say it."),
        ("only allowed when 'logprobs' is enabled", "One parameter needs another; a schema cannot say it."),
        ("must contain the word 'json'", "The prose of JSON mode."),
        ("Mutually exclusive parameters", "The prose of previous_response_id."),
        ("Background mode requires", "The prose of background."),
        ("(One|Exactly one) of [^.]* must be provided",
            "A part has to hold something; the document leaves all of it out."),
        ("Missing required parameter: '[^']*(file_id|image_url|call_id|schema|model|filters|input)'",
            "Without it there is nothing to do; the document leaves it out, or to another alternative."),
        ("only supported with response_format", "The prose of timestamp_granularities and of logprobs."),
        ("is not supported for the output format", "The prose of background and output_compression."),
        ("does not match pattern",
            "An address, an id or a size has a form that the document calls a format, or tells in prose."),
        ("empty (array|string)", "Nothing is said in it; the document bounds few of its arrays and texts."),
        ("(array|string|property name) too long|too many properties",
            "The prose has bounds that the schemas have not."),
        ("(above maximum|below minimum) value", "The prose has bounds that the schemas have not."),
        ("Invalid schema for (function|response_format)", "The rules of structured outputs."),
        ("Supported values are: 'alloy'", "The API knows its voices by name."),
        ("Unknown parameter: '([^']*[.])?x'",
            "The API refuses what it does not know, which is called x here; few of the document's schemas are closed."),
        ("Invalid type for '[^']*': expected an object, but got an array",
            "A list of mixed kinds is none of the lists."),
        ("does not stream", "The emulator answers whole."),
    ];

    /// <summary>Why a refusal goes beyond the document; null if there is no reason.</summary>
    public static string? Beyond(string refusal) =>
        All.FirstOrDefault(rule => Regex.IsMatch(refusal, rule.Says)).Reason;
}
