using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>Sends a message to an assistant, in the configured mode.</summary>
interface IAssistantMessages
{
    /// <param name="request">The message.</param>
    /// <param name="assistant">OpenAI's assistant object.</param>
    /// <param name="state">The result of the job's earlier steps.</param>
    /// <param name="cancellation">Stops the step.</param>
    /// <exception cref="SuspendedException">There is a next step.</exception>
    Task<AssistantMessaged> Message(MessageAssistant request, ProviderResponse assistant, JobState state,
        CancellationToken cancellation);

    /// <summary>The job is given up between two steps.</summary>
    Task Abandon(MessageAssistant request, JobState state, CancellationToken cancellation);
}
