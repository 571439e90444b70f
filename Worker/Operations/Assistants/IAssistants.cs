using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>Stores assistants: this worker, or the provider. Both return OpenAI's assistant object.</summary>
interface IAssistants
{
    /// <summary>The limits of an assistant.</summary>
    AssistantLimits Limits { get; }

    /// <summary>The assistant that an earlier delivery of the same job created.</summary>
    /// <exception cref="FailureException">The name had to be free, and is taken.</exception>
    Task<ProviderResponse?> Earlier(CreateAssistant request, CancellationToken cancellation);

    Task<ProviderResponse> Create(CreateAssistant request, IReadOnlyList<string>? vectorStores,
        CancellationToken cancellation);

    /// <summary>The assistant that a request names.</summary>
    /// <exception cref="FailureException">There is none, or more than one with the name.</exception>
    Task<ProviderResponse> Find(JobRequest request, string? id, string? name, CancellationToken cancellation);

    Task<ProviderResponse> Update(UpdateAssistant request, ProviderResponse before, IReadOnlyList<string>? vectorStores,
        CancellationToken cancellation);

    Task<ProviderResponse> Delete(DeleteAssistant request, CancellationToken cancellation);

    /// <summary>A page in the form of OpenAI's list.</summary>
    Task<ProviderResponse> List(ListAssistants request, CancellationToken cancellation);
}
