using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>Who keeps assistants: this worker, or the provider. Both return OpenAI's assistant object.</summary>
interface IAssistants
{
    /// <summary>What an assistant may have.</summary>
    AssistantLimits Limits { get; }

    /// <summary>What an earlier delivery of the same job created.</summary>
    /// <exception cref="FailureException">The name was to be free, and is not.</exception>
    Task<Answer?> Earlier(CreateAssistant request, CancellationToken cancellation);

    Task<Answer> Create(CreateAssistant request, IReadOnlyList<string>? vectorStores, CancellationToken cancellation);

    /// <summary>The one that a request names.</summary>
    /// <exception cref="FailureException">There is none, or more than one of the name.</exception>
    Task<Answer> Find(JobRequest request, string? id, string? name, CancellationToken cancellation);

    Task<Answer> Update(UpdateAssistant request, Answer before, IReadOnlyList<string>? vectorStores,
        CancellationToken cancellation);

    Task<Answer> Delete(DeleteAssistant request, CancellationToken cancellation);

    /// <summary>A page, as OpenAI's list.</summary>
    Task<Answer> List(ListAssistants request, CancellationToken cancellation);
}
