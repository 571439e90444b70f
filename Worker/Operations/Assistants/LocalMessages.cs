using OpenAIWorker.Assistants;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations.Text;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>Messages to assistants that this worker keeps: in the provider's conversations where it has them, else in the worker's own.</summary>
sealed class LocalMessages(OpenAIClients openAI, ConversationMessages conversations, ThreadMessages threads, BackgroundResponses background) : IAssistantMessages
{
    public async Task<AssistantMessaged> Message(MessageAssistant request, Answer assistant, JobState state, CancellationToken cancellation)
    {
        var isOwn = state.Answered is not null || (request.ThreadId?.StartsWith(ThreadStore.Prefix, StringComparison.Ordinal)
            ?? openAI.Of(request).PreferredApi == ModelApi.ChatCompletions);
        return (isOwn ? null : await conversations.Message(request, assistant, state, cancellation))
            ?? await threads.Message(request, assistant, state, cancellation);
    }

    public async Task Abandon(MessageAssistant request, JobState state, CancellationToken cancellation)
    {
        await threads.LetGo(request, cancellation);
        await background.Cancel(request, state, cancellation);
    }
}
