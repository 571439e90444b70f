using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Assistants.Notes;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Assistants;

/// <summary><c>POST /vector_stores</c>: makes uploaded files searchable.</summary>
sealed class VectorStores(OpenAIClients openAI, JobNotes notes, IOptions<OpenAIOptions> options)
{
    const string Code = WaitCodes.VectorStore;

    /// <summary>
    /// Where an assistant searches; null if the request does not say. While the provider indexes the files, the job
    /// waits in the broker.
    /// </summary>
    public async Task<IReadOnlyList<string>?> For(AssistantRequest request, JobState state,
        CancellationToken cancellation)
    {
        if (request.KnowledgeFileIds is not { Count: > 0 } files)
            return request.VectorStoreIds;
        var calls = openAI.Of(request);
        var store = await Earlier(request, cancellation) is { } id
            ? await calls.Send("GET", ApiPath.Of("vector_stores", "vectorStoreIds", id), null, cancellation)
            : await Make(calls, request, files, cancellation);
        if (store.Body.Text("status") == "in_progress")
            throw Waits(store.Body.Id(), state);
        return store.Body.Member("file_counts")?.Number("failed") > 0
            ? throw Unreadable(store.Body.Id(), files)
            : [store.Body.Id()!];
    }

    // Subscribers are told of it once.
    SuspendedException Waits(string? id, JobState state) =>
        new(new(state, options.Value.PollInterval, Code,
            $"The provider is indexing the files of vector store {id}.")
        { IsNews = state.Step == 0 });

    async Task<string?> Earlier(JobRequest request, CancellationToken cancellation) =>
        (await notes.Find(request, cancellation))?.ThingId;

    async Task<ProviderResponse> Make(OpenAICalls calls, AssistantRequest request, IReadOnlyList<string> files,
        CancellationToken cancellation)
    {
        var store = await calls.Send("POST", "vector_stores", Body(request, files).ToContent(), cancellation);
        var id = store.Body.Id() ?? throw store.Broken("a vector store that has no id");
        await notes.Add(request, new(id), cancellation);
        return store;
    }

    static JsonBody Body(AssistantRequest request, IReadOnlyList<string> files) => new()
    {
        { "name", request.Name },
        { "file_ids", files.Distinct() },
        { "metadata", new JsonBody { { "job_id", request.JobId } } },
    };

    static FailureException Unreadable(string? id, IReadOnlyList<string> files) =>
        new(Failure.Invalid("knowledgeFileIds",
        $"knowledgeFileIds has files that the provider could not read: {string.Join(", ", files)}. Which ones: "
            + $"call-api, path vector_stores/{id}/files, query filter=failed."));
}
