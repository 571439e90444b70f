using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>How a message reaches an assistant, in the mode that is set.</summary>
interface IAssistantMessages
{
    /// <param name="request">The message.</param>
    /// <param name="assistant">OpenAI's assistant object.</param>
    /// <param name="cancellation">Ends the call.</param>
    Task<AssistantMessaged> Message(MessageAssistant request, Answer assistant, CancellationToken cancellation);
}
