using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Assistants;

/// <summary><c>POST /vector_stores</c>: uploaded files as something to search in.</summary>
sealed class VectorStores(OpenAIClients openAI)
{
    /// <summary>Where an assistant is to search: null where the request does not say.</summary>
    public async Task<IReadOnlyList<string>?> For(AssistantRequest request, CancellationToken cancellation)
    {
        if (request.KnowledgeFileIds is not { Count: > 0 } files)
            return request.VectorStoreIds;
        var calls = openAI.Of(request);
        var store = await calls.Send("POST", "vector_stores", Body(request, files).ToContent(), cancellation);
        var id = store.Body.Text("id") ?? throw store.Broken("a vector store that has no id");
        store = await calls.Until(IsRead, store, ApiPath.Of("vector_stores", "vectorStoreIds", id), cancellation);
        return store.Body.Member("file_counts")?.Number("failed") > 0 ? throw Unreadable(id, files) : [id];
    }

    static bool IsRead(Answer store) => store.Body.Text("status") is not "in_progress";

    static JsonBody Body(AssistantRequest request, IReadOnlyList<string> files) => new()
    {
        { "name", request.Name },
        { "file_ids", files.Distinct() },
        { "metadata", new JsonBody { { "job_id", request.JobId } } },
    };

    static FailureException Unreadable(string id, IReadOnlyList<string> files) => new(
        Failure.Invalid("knowledgeFileIds", $"knowledgeFileIds has files that the provider could not read, of {string.Join(", ", files)}. Vector store {id} says which: call-api, vector_stores/{id}/files?filter=failed."));
}
