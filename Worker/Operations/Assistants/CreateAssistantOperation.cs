using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>Creates an assistant, with its own vector store if it gets files to search.</summary>
sealed class CreateAssistantOperation(IAssistants assistants, VectorStores vectorStores)
    : IOperation<CreateAssistant, AssistantCreated>
{
    public Task<AssistantCreated> Run(CreateAssistant request, CancellationToken cancellation) =>
        Resume(request, new(), cancellation);

    public async Task<AssistantCreated> Resume(CreateAssistant request, JobState state, CancellationToken cancellation)
    {
        Check(request, assistants.Limits);

        var answer = await assistants.Earlier(request, cancellation)
            ?? await assistants.Create(request, await vectorStores.For(request, state, cancellation), cancellation);

        var result = new AssistantCreated { RequestId = answer.RequestId };
        return request.Simplify ?? true
            ? result with { Assistant = AssistantReading.Read(answer, answer.Body) }
            : result with { Raw = answer.Body };
    }

    static void Check(CreateAssistant request, AssistantLimits limits)
    {
        Model(request, request.Model, "gpt-6-luna");
        Needed("name", request.FailIfExists != true || !string.IsNullOrWhiteSpace(request.Name),
            "failIfExists searches for it.");
        AssistantCheck.Of(request, limits);
        // Conflicts with extra are reported before a vector store is created.
        _ = AssistantBody.Of(request, default, null).ToJson();
    }
}
