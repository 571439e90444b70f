using OpenAIWorker.Contracts;

namespace OpenAIWorker.Operations.Text.Messages;

/// <summary>
/// Both APIs refuse the format <c>json_object</c> unless a message mentions JSON
/// (https://platform.openai.com/docs/guides/structured-outputs, "JSON mode"); if none does, one is added.
/// </summary>
static class JsonHint
{
    const string Hint = "Answer with a JSON object.";

    /// <summary>The request's messages. The hint comes last, because Responses does not count instructions.</summary>
    public static IEnumerable<ModelMessage>? Messages(MessageModel request) =>
        IsNeeded(request) ? request.Messages!.Append(new() { Role = "system", Text = Hint }) : request.Messages;

    static bool IsNeeded(MessageModel request) =>
        request.Output?.Type == OutputType.JsonObject && request.Messages is { } messages
            && !messages.Any(message => SpeaksOfJson(message.Text));

    static bool SpeaksOfJson(string? text) => text?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;
}
