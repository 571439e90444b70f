using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>How a message reaches an assistant, in the mode that is set.</summary>
interface IAssistantMessages
{
    /// <param name="request">The message.</param>
    /// <param name="assistant">OpenAI's assistant object.</param>
    /// <param name="state">What earlier steps of the job came to.</param>
    /// <param name="cancellation">Ends the step.</param>
    /// <exception cref="SuspendedException">There is a next step.</exception>
    Task<AssistantMessaged> Message(MessageAssistant request, Answer assistant, JobState state,
        CancellationToken cancellation);

    /// <summary>The job is given up between two steps.</summary>
    Task Abandon(MessageAssistant request, JobState state, CancellationToken cancellation);
}
