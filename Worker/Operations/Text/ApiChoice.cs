using OpenAIWorker.Contracts;

namespace OpenAIWorker.Operations.Text;

/// <summary>The API that a message goes to.</summary>
static class ApiChoice
{
    /// <param name="request">A job that names none goes where its options are.</param>
    /// <param name="preferred">The credential's.</param>
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
