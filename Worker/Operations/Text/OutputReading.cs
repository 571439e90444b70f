using System.Globalization;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text.Chat;
using OpenAIWorker.Operations.Text.Functions;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Text;

/// <summary>Functions for reading the answers of both APIs.</summary>
static class OutputReading
{
    static readonly string[] Steps =
        ["message", "reasoning", "mcp_list_tools", "compaction", "context_compaction", "program", "item_reference",
            "redacted_thinking"];
    static readonly string[] EndsOfSteps = ["_output", "_response"];

    /// <summary>
    /// The text as JSON, if JSON was requested. A text that does not parse becomes a failure, which contains it.
    /// </summary>
    public static JsonElement? Json(MessageModel request, string? text, string? finishReason, string? refusal,
        ProviderResponse answer)
    {
        if (!IsToBeJson(request, text, refusal))
            return null;
        return JsonInText.Find(text!)
            ?? throw new FailureException(NotJson(answer,
                $"The answer should be JSON, but cannot be parsed: {JsonInText.Fault(text!)}{Why(finishReason)}") with
            {
                Text = text
            });
    }

    /// <summary>
    /// The same for one of several answers, or for text beside a call: invalid JSON there does not end the others.
    /// </summary>
    public static JsonElement? JsonIfAny(MessageModel request, string? text, string? refusal) =>
        IsToBeJson(request, text, refusal) ? JsonInText.Find(text!) : null;

    /// <summary>
    /// The result, if it contains anything: an empty answer becomes a failure that says what arrived.
    /// </summary>
    public static ModelMessaged Checked(ModelMessaged read, MessageModel request, ProviderResponse answer)
    {
        if (!string.IsNullOrWhiteSpace(read.Text)
            || read is not { Refusal: null, ToolCalls: null, McpApprovals: null, Files: null, Raw: null }
            || read.OtherOutput?.Any(item => !IsStep(item, read.FinishReason == FinishReasons.ToolCalls)) == true
            || read.Completions?.Any(one => !string.IsNullOrWhiteSpace(one.Text)
                || one is { ToolCalls: not null } or { Refusal: not null }) == true)
            return read;
        var what =
            $"The answer is empty: finish reason {read.FinishReason ?? "none"}, "
                + $"{Used(read.Usage)}.{Came(read)}";
        throw new FailureException((AsksForJson(request), read.FinishReason) switch
        {
            (true, _) => NotJson(answer, $"{what} JSON was requested.{Why(read.FinishReason, isEmpty: true)}"),
            (_, FinishReasons.Length) =>
                new(FailureKind.Permanent, FailureCodes.BrokenAnswer,
                    $"{what}{Why(FinishReasons.Length, isEmpty: true)}", Remedy.Sender),
            (_, FinishReasons.ContentFilter) =>
                new(FailureKind.Permanent, FailureCodes.ContentPolicy, $"{what}{Why(FinishReasons.ContentFilter)}",
                    Remedy.Sender),
            _ => Failure.Broken(what).OnceIf(answer.Body.IsBilled() || read.Usage is { TotalTokens: > 0 }),
        } with
        {
            RequestId = answer.RequestId,
            Status = answer.Status,
            Text = read.Reasoning,
            Error = new() { Body = ErrorReading.Kept(answer.Body) }
        });
    }

    static string Used(Usage? usage) => usage is null
        ? "tokens unknown"
        : string.Create(CultureInfo.InvariantCulture,
            $"{usage.InputTokens} input tokens, {usage.OutputTokens} output tokens, {usage.ReasoningTokens} of them "
                + $"reasoning");

    static string Came(ModelMessaged read)
    {
        var kinds = (read.OtherOutput ?? []).Select(item => item.Text("type") ?? "something without a type");
        if (read.Reasoning is not null || read.ReasoningSummary is not null)
            kinds = kinds.Append("reasoning");
        return kinds.CountBy(kind => kind)
            .Select(kind =>
                kind.Value == 1 ? kind.Key : string.Create(CultureInfo.InvariantCulture, $"{kind.Value} × {kind.Key}"))
                    .ToList() is { Count: > 0 } came
            ? $" Received: {Excerpt.Marked(string.Join(", ", came), 200)}."
            : "";
    }

    // Searches, code and lists on the way to an answer are not an answer, nor are items that only accompany one. A call
    // that waits for the caller is.
    static bool IsStep(JsonElement item, bool waits) =>
        item.ValueKind != JsonValueKind.Object || ChatOthers.Accompanies(item)
        || item.Text("type") is { } type
        && (Steps.Contains(type) || !waits && type.EndsWith("_call", StringComparison.Ordinal)
            || Array.Exists(EndsOfSteps, end => type.EndsWith(end, StringComparison.Ordinal)));

    public static bool AsksForJson(MessageModel request) => request.Output?.Type is not (null or OutputType.Text);

    static Failure NotJson(ProviderResponse answer, string message) =>
        new(FailureKind.Permanent, FailureCodes.OutputNotJson, message, Remedy.Sender)
        {
            RequestId = answer.RequestId,
            Status = answer.Status,
            // Output beside the text is paid for as well.
            Error = new() { Body = ErrorReading.Kept(answer.Body) },
        };

    static string Why(string? finishReason, bool isEmpty = false) => (finishReason, isEmpty) switch
    {
        (FinishReasons.Length, true) =>
            " All tokens were used before the first word of the answer, for example for reasoning: raise maxTokens, "
                + "or lower reasoningEffort.",
        (FinishReasons.Length, _) => " It was cut at the token limit: raise maxTokens.",
        (FinishReasons.ContentFilter, _) => " The provider's content_filter stopped it: change the request.",
        _ => "",
    };

    static bool IsToBeJson(MessageModel request, string? text, string? refusal) =>
        AsksForJson(request) && text is not (null or "") && refusal is null;
}
