using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Text;

/// <summary>What both APIs' answers are read with.</summary>
static class OutputReading
{
    /// <summary>The text as JSON, where JSON was asked for; text that does not parse is a failure that keeps it.</summary>
    public static JsonElement? Json(MessageModel request, string? text, string? finishReason, string? refusal, Answer answer)
    {
        if (request.Output?.Type is null or OutputType.Text || text is null or "" || refusal is not null)
            return null;
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException broken)
        {
            var cut = finishReason == "length" ? " It was cut at the token limit: raise maxTokens." : "";
            throw new FailureException(
                new(FailureKind.Permanent, FailureCodes.OutputNotJson, $"The answer should be JSON and does not parse: {broken.Message}{cut}", Remedy.Sender)
                {
                    Text = text,
                    RequestId = answer.RequestId,
                    Status = answer.Status,
                },
                broken);
        }
    }
}
