using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Text.Chat;

/// <summary>An answer without choices that has the reason: a filter blocked the prompt.</summary>
static class BlockedPrompt
{
    /// <summary>The failure; null if the answer does not mention a filter.</summary>
    public static FailureException? Of(ProviderResponse answer) => ReasonOf(answer.Body) is not { } reason ? null : new(
        new(FailureKind.Permanent, FailureCodes.ContentPolicy,
            $"The provider's filter blocked the prompt ({Excerpt.Marked(reason, 100)}): change the request.",
            Remedy.Sender)
        {
            RequestId = answer.RequestId,
            Status = answer.Status,
            Error = new() { Body = ErrorReading.Kept(answer.Body) },
        });

    static string? ReasonOf(JsonElement body) =>
        body.Member("promptFeedback")?.Text("blockReason") ?? body.Member("prompt_feedback")?.Text("block_reason")
        ?? body.Items("prompt_filter_results").Select(Filtered).OfType<string>().FirstOrDefault();

    static string? Filtered(JsonElement result) =>
        result.Member("content_filter_results") is { ValueKind: JsonValueKind.Object } kinds
        ? kinds.EnumerateObject().Where(kind => kind.Value.Truth("filtered") == true).Select(kind => kind.NameText())
        .FirstOrDefault()
        : null;
}
