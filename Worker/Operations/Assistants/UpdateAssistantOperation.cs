using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>Changes an existing assistant.</summary>
sealed class UpdateAssistantOperation(IAssistants assistants, VectorStores vectorStores)
    : IOperation<UpdateAssistant, AssistantUpdated>
{
    public Task<AssistantUpdated> Run(UpdateAssistant request, CancellationToken cancellation) =>
        Resume(request, new(), cancellation);

    public async Task<AssistantUpdated> Resume(UpdateAssistant request, JobState state, CancellationToken cancellation)
    {
        AssistantCheck.Named(request.AssistantId, request.AssistantName);
        AssistantCheck.Of(request, assistants.Limits);

        var before = await assistants.Find(request, request.AssistantId, request.AssistantName, cancellation);
        var answer = await assistants.Update(request, before, await vectorStores.For(request, state, cancellation),
            cancellation);

        var result = new AssistantUpdated { RequestId = answer.RequestId };
        return request.Simplify ?? true
            ? result with { Assistant = AssistantReading.Read(answer, answer.Body) }
            : result with { Raw = answer.Body };
    }
}
