using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>A new assistant, with a vector store of its own where it is given files to search in.</summary>
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
            "failIfExists looks for it.");
        AssistantCheck.Of(request, limits);
        // What extra contradicts is told before a vector store is made.
        _ = AssistantBody.Of(request, default, null).ToJson();
    }
}
