using System.Text.Json;
using OpenAIWorker.Json;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>Why models stopped, as either API says it.</summary>
static class FinishReasons
{
    /// <summary>One for each choice of Chat Completions, or the one of Responses; null where an answer has none.</summary>
    public static string[]? Of(JsonElement body)
    {
        var choices = body.Items("choices").Select(choice => choice.Text("finish_reason")).OfType<string>().ToArray();
        if (choices.Length > 0)
            return choices;
        return body.Text("object") == "response" && (body.Member("incomplete_details")?.Text("reason") ?? body.Text("status")) is { } reason ? [reason] : null;
    }
}
