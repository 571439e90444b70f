using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Text;

/// <summary>What both APIs' answers are read with.</summary>
static partial class OutputReading
{
    /// <summary>The text as JSON, where JSON was asked for; text that does not parse is a failure that keeps it.</summary>
    public static JsonElement? Json(MessageModel request, string? text, string? finishReason, string? refusal, Answer answer)
    {
        if (!IsToBeJson(request, text, refusal))
            return null;
        try
        {
            return Inside(text!) ?? LenientJson.ParseText(text!);
        }
        catch (JsonException broken)
        {
            var message = $"The answer should be JSON and does not parse: {broken.Message}{Why(finishReason)}";
            throw new FailureException(NotJson(answer, message) with { Text = text }, broken);
        }
    }

    /// <summary>The same of one answer among several: that it is none does not end the others.</summary>
    public static JsonElement? JsonIfAny(MessageModel request, string? text, string? refusal) =>
        IsToBeJson(request, text, refusal) ? Inside(text!) : null;

    /// <summary>The result, if there is anything in it: an answer with nothing to read ends as a failure that says what came.</summary>
    public static ModelMessaged Checked(ModelMessaged read, MessageModel request, Answer answer)
    {
        if (read is not { Text: null or "", Refusal: null, ToolCalls: null, McpApprovals: null, Files: null, Raw: null }
            || read.OtherOutput?.Any(item => !IsStep(item, request)) == true
            || read.Completions?.Any(one => one is { Text.Length: > 0 } or { ToolCalls: not null } or { Refusal: not null }) == true)
            return read;
        var what = $"The answer has nothing to read: finish reason {read.FinishReason ?? "none"}, {Used(read.Usage)}.{Came(read)}";
        throw new FailureException((AsksForJson(request), read.FinishReason) switch
        {
            (true, _) => NotJson(answer, $"{what} JSON was asked for.{Why(read.FinishReason, isEmpty: true)}"),
            (_, "length") => new(FailureKind.Permanent, FailureCodes.BrokenAnswer, $"{what}{Why("length", isEmpty: true)}", Remedy.Sender),
            (_, "content_filter") => new(FailureKind.Permanent, FailureCodes.ContentPolicy, $"{what}{Why("content_filter")}", Remedy.Sender),
            // Paid for each time that it is asked, and as empty: the same words bring the same.
            _ when read.Usage is { TotalTokens: > 0 } => Failure.Broken($"{what} It was billed, so it is not asked for again: change what is asked, or the model.") with { Kind = FailureKind.Permanent, Remedy = Remedy.Sender },
            _ => Failure.Broken(what),
        } with
        { RequestId = answer.RequestId, Status = answer.Status, Text = read.Reasoning });
    }

    static string Used(Usage? usage) => usage is null
        ? "tokens unknown"
        : string.Create(CultureInfo.InvariantCulture, $"{usage.InputTokens} input tokens, {usage.OutputTokens} output tokens, {usage.ReasoningTokens} of them reasoning");

    static string Came(ModelMessaged read)
    {
        var kinds = (read.OtherOutput ?? []).Select(item => item.Text("type") ?? "something without a type");
        if (read.Reasoning is not null || read.ReasoningSummary is not null)
            kinds = kinds.Append("reasoning");
        return kinds.CountBy(kind => kind).Select(kind => kind.Value == 1 ? kind.Key : string.Create(CultureInfo.InvariantCulture, $"{kind.Value} × {kind.Key}")).ToList() is { Count: > 0 } came
            ? $" What came: {Excerpt.Marked(string.Join(", ", came), 200)}."
            : "";
    }

    // On the way to JSON, what was looked up is no answer yet.
    static bool IsStep(JsonElement item, MessageModel request) => item.Text("type") == "reasoning"
        || AsksForJson(request) && item.Text("type") is "web_search_call" or "file_search_call" or "code_interpreter_call" or "mcp_list_tools" or "mcp_call";

    static bool AsksForJson(MessageModel request) => request.Output?.Type is not (null or OutputType.Text);

    static Failure NotJson(Answer answer, string message) =>
        new(FailureKind.Permanent, FailureCodes.OutputNotJson, message, Remedy.Sender) { RequestId = answer.RequestId, Status = answer.Status };

    static string Why(string? finishReason, bool isEmpty = false) => (finishReason, isEmpty) switch
    {
        ("length", true) => " All tokens were spent, on reasoning or before the first word: raise maxTokens, or lower reasoningEffort.",
        ("length", _) => " It was cut at the token limit: raise maxTokens.",
        ("content_filter", _) => " The provider's content_filter stopped it: change what is asked.",
        _ => "",
    };

    static bool IsToBeJson(MessageModel request, string? text, string? refusal) =>
        AsksForJson(request) && text is not (null or "") && refusal is null;

    // JSON in a fence is JSON, and so is JSON after the model has thought aloud.
    static JsonElement? Inside(string text)
    {
        if (Try(text) is { } whole)
            return whole;
        var said = WithoutThoughts(text.TrimStart('\uFEFF', ' ', '\n', '\r', '\t'));
        // The widest fence first: a text of the JSON's own may have one.
        foreach (var inside in (string[])[WidestFence().Match(said).Groups[1].Value, Fence().Match(said).Groups[1].Value, said])
        {
            if (inside.Length > 0 && inside.Length < text.Length && Try(inside) is { } json)
                return json;
        }
        return null;
    }

    static string WithoutThoughts(string said)
    {
        const string end = "</think>";
        var thought = said.StartsWith("<think>", StringComparison.Ordinal) ? said.IndexOf(end, StringComparison.Ordinal) : -1;
        return thought < 0 ? said : said[(thought + end.Length)..];
    }

    static JsonElement? Try(string text)
    {
        try
        {
            return LenientJson.ParseText(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"```[ \t]*\w*[ \t]*\r?\n?(.*?)(?:```|$)", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"```[ \t]*\w*[ \t]*\r?\n?(.*)```", RegexOptions.Singleline)]
    private static partial Regex WidestFence();
}
