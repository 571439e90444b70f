using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations.Assistants.Notes;
using OpenAIWorker.Operations.Text.Responses;
using OpenAIWorker.Storage.Assistants;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Assistants.Local;

/// <summary>
/// Messages to assistants that this worker stores: in the provider's conversations if it has them, else in the worker's
/// own.
/// </summary>
sealed class LocalMessages(OpenAIClients openAI, ConversationMessages conversations, ThreadMessages threads,
    ThreadTurns turns, JobNotes notes, BackgroundResponses background) : IAssistantMessages
{
    public async Task<AssistantMessaged> Message(MessageAssistant request, ProviderResponse assistant, JobState state,
        CancellationToken cancellation)
    {
        var isOwn = state.Answered is not null
            || (request.ThreadId is { } given
                ? IsOwn(given)
                : openAI.Of(request).PreferredApi == ModelApi.ChatCompletions);
        return (isOwn ? null : await conversations.Message(request, assistant, state, cancellation))
            ?? await threads.Message(request, assistant, state, cancellation);
    }

    public async Task Abandon(MessageAssistant request, JobState state, CancellationToken cancellation)
    {
        if ((request.ThreadId ?? (await notes.Find(request, cancellation))?.ThingId) is { } thread)
            await turns.LetGo(request, thread, cancellation);
        await background.Cancel(request, state, cancellation);
    }

    /// <summary>Whether a thread belongs to the worker, not to the provider.</summary>
    public static bool IsOwn(string thread) => thread.StartsWith(ThreadStore.Prefix, StringComparison.Ordinal);
}
