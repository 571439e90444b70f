using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations.Text.Responses;

namespace OpenAIWorker.Operations.Text;

/// <summary><c>POST /responses</c> or <c>POST /chat/completions</c></summary>
sealed class MessageModelOperation(ModelSteps steps, BackgroundResponses background)
    : IOperation<MessageModel, ModelMessaged>
{
    public Task<ModelMessaged> Run(MessageModel request, CancellationToken cancellation) =>
        Resume(request, new(), cancellation);

    public Task<ModelMessaged> Resume(MessageModel request, JobState state, CancellationToken cancellation) =>
        steps.Next(request, state, null, cancellation);

    public Task Abandon(MessageModel request, JobState state, CancellationToken cancellation) =>
        background.Cancel(request, state, cancellation);
}
