using OpenAIWorker.Contracts;

namespace OpenAIWorker.Operations.Text;

/// <summary>Chooses the API for a message.</summary>
static class ApiChoice
{
    /// <param name="request">The job. If it names no API, its options decide.</param>
    /// <param name="preferred">The credential's API.</param>
    public static ModelApi Of(MessageModel request, ModelApi preferred) =>
        request.Api ?? (preferred == ModelApi.Responses && NeedsChat(request) && !NeedsResponses(request)
            ? ModelApi.ChatCompletions
            : preferred);

    static bool NeedsChat(MessageModel request) =>
        request.Completions > 1 || request.FrequencyPenalty is not null || request.PresencePenalty is not null
            || request.Stop is not null || request.Seed is not null
        || request.Messages?.Any(message => message?.Audio is not null) == true;

    static bool NeedsResponses(MessageModel request) =>
        MessageModelCheck.OnlyForResponses(request).Any(option => option.IsSet)
        || request.Tools?.Any(tool => tool is { Function: null, Other: null }) == true;
}
