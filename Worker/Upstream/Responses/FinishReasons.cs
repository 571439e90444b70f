using System.Collections.Frozen;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>
/// Why models stopped. Servers use other words for OpenAI's four, in any case and with details after a colon, such as
/// <c>content_filter: PROHIBITED_CONTENT</c>.
/// </summary>
static class FinishReasons
{
    public const string Stop = "stop";
    public const string Length = "length";
    public const string ContentFilter = "content_filter";
    public const string ToolCalls = "tool_calls";

    const string Error = "error";

    static readonly FrozenDictionary<string, string> Words = Table(
        (Stop, "stop stopped eos eostoken endturn endofturn stopsequence complete completed done end finish finished"),
        (Length, """
            length maxtokens maxoutputtokens maxnewtokens maxcompletiontokens maxlength modellength tokenlimit outputlimit modelcontextwindowexceeded
            contextwindowexceeded contextlengthexceeded contextlength
            """),
        (ContentFilter, """
            contentfilter contentfiltered safety sensitive recitation prohibitedcontent blocklist spii imagesafety imageprohibitedcontent imagerecitation
            guardrail guardrailintervened moderation moderated errortoxic blocked refusal
            """),
        (ToolCalls, "toolcalls toolcall tooluse functioncall functioncalls"),
        (Error, "error networkerror servererror internalerror insufficientsystemresource"));

    /// <summary>OpenAI's word for a server's; an unknown one stays unchanged.</summary>
    public static string? Usual(string? told) => told is null ? null
        : Words.GetValueOrDefault(Plain(told)) ?? Words.GetValueOrDefault(Plain(told.Split(':')[0])) ?? told;

    /// <summary>Whether the answer was cut off, so that the call failed.</summary>
    public static bool IsFailure(string? told) => Usual(told) == Error;

    /// <summary>
    /// Whether a choice is cut off: its reason says so, or it has an error and no reason to have stopped.
    /// </summary>
    /// <remarks>https://openrouter.ai/docs/api/reference/errors-and-debugging</remarks>
    public static bool IsCutOff(JsonElement choice, JsonElement body) =>
        choice.Text("finish_reason") is { Length: > 0 } told
            ? IsFailure(told)
            : InnerError.IsIn(choice) || InnerError.IsIn(body);

    /// <summary>Why a choice is cut off: its own error, else the answer's. The whole answer is kept with it.</summary>
    public static UpstreamError ErrorOf(JsonElement choice, JsonElement body)
    {
        var error = InnerError.IsIn(choice) ? ErrorReading.Of(choice)
            : InnerError.IsIn(body) ? ErrorReading.Of(body)
            : new() { Message = $"The answer was cut off with finish_reason {choice.Text("finish_reason")}." };
        return error with { Body = ErrorReading.Kept(body) };
    }

    /// <summary>
    /// One reason for each choice of Chat Completions, or the one of Responses; null if an answer has none.
    /// </summary>
    public static string[]? Of(JsonElement body)
    {
        var choices = body.Items("choices").Select(choice => choice.Text("finish_reason")).OfType<string>().ToArray();
        if (choices.Length > 0)
            return choices;
        return body.Text("object") == "response"
            && (body.Member("incomplete_details")?.Text("reason") ?? body.Text("status")) is { } reason
            ? [reason]
            : null;
    }

    static string Plain(string told) => string.Concat(told.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    static FrozenDictionary<string, string> Table(params (string Reason, string Words)[] rows) => rows
        .SelectMany(row =>
            row.Words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => (word, row.Reason)))
        .ToFrozenDictionary(pair => pair.word, pair => pair.Reason);
}
