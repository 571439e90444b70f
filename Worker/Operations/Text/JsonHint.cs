using OpenAIWorker.Contracts;

namespace OpenAIWorker.Operations.Text;

/// <summary>
/// Both APIs refuse the format <c>json_object</c> unless a message speaks of JSON
/// (https://platform.openai.com/docs/guides/structured-outputs, "JSON mode"); where none does, an instruction is added.
/// </summary>
static class JsonHint
{
    const string Hint = "Answer with a JSON object.";

    public static string? Instructions(MessageModel request) =>
        IsNeeded(request) ? request.Instructions is { Length: > 0 } own ? $"{own}\n{Hint}" : Hint : request.Instructions;

    static bool IsNeeded(MessageModel request) =>
        request.Output?.Type == OutputType.JsonObject && request.Messages is { } messages
        && !SpeaksOfJson(request.Instructions) && !messages.Any(message => SpeaksOfJson(message.Text));

    static bool SpeaksOfJson(string? text) => text?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;
}
