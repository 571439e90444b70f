using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>Deletes an assistant.</summary>
sealed class DeleteAssistantOperation(IAssistants assistants) : IOperation<DeleteAssistant, AssistantDeleted>
{
    public async Task<AssistantDeleted> Run(DeleteAssistant request, CancellationToken cancellation)
    {
        NoBody(request);
        AssistantCheck.Named(request.AssistantId, request.AssistantName);

        var answer = await assistants.Delete(request, cancellation);

        return new()
        {
            AssistantId = answer.Body.Text("id"),
            Deleted = answer.Body.Truth("deleted"),
            RequestId = answer.RequestId
        };
    }
}
