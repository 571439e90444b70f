using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using OpenAIWorker.Emulator.Replies;
using OpenAIWorker.Emulator.Requests;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>Files to search. Reading them takes as long as a background response; missing files fail.</summary>
sealed class VectorStores(EmulatorOptions options, FileStore files)
{
    readonly ConcurrentDictionary<string, KeptVectorStore> kept = new();

    public ApiEndpoint[] Endpoints =>
    [
        new("POST", "/v1/vector_stores") { Request = VectorStoreRequest.Create, Prompt = _ => Prompt.Nothing,
            Answer = Create },
        new("GET", "/v1/vector_stores/{id}") { Answer = call => Of(call, Show) },
        new("DELETE", "/v1/vector_stores/{id}") { Answer = call => Of(call, Delete) },
    ];

    /// <summary>The first existing file of these stores.</summary>
    public KeptFile? FirstFile(IEnumerable<string> stores) => stores
        .Select(store => kept.GetValueOrDefault(store)).OfType<KeptVectorStore>().SelectMany(store => store.FileIds)
        .Select(files.Find).FirstOrDefault(file => file is not null);

    Answer Create(ApiCall call)
    {
        var store = new KeptVectorStore(NewId.Of("vs_"), call.ReceivedAt, call.Body,
            [.. call.Body.Items("file_ids").Select(id => id.GetString()!)]);
        kept[store.Id] = store;
        return Show(store);
    }

    Answer Delete(KeptVectorStore store)
    {
        kept.TryRemove(store.Id, out _);
        return Answer.Json(new JsonObject
        {
            ["id"] = store.Id,
            ["object"] = "vector_store.deleted",
            ["deleted"] = true
        }.WriteTo);
    }

    Answer Of(ApiCall call, Func<KeptVectorStore, Answer> answer) =>
        kept.GetValueOrDefault(call.Id) is { } store
            ? answer(store)
            : Answer.Refusing(ApiError.NotFound("Vector store", call.Id));

    Answer Show(KeptVectorStore store)
    {
        var isRead = options.Time.GetUtcNow() >= store.CreatedAt + options.BackgroundTime || store.FileIds.Count == 0;
        var found = store.FileIds.Count(id => files.Find(id) is not null);
        return Answer.Json(new JsonObject
        {
            ["id"] = store.Id,
            ["object"] = "vector_store",
            ["created_at"] = store.CreatedAt.ToUnixTimeSeconds(),
            ["name"] = store.Body.Text("name") ?? "",
            ["usage_bytes"] = 0,
            ["file_counts"] = new JsonObject
            {
                ["in_progress"] = isRead ? 0 : store.FileIds.Count,
                ["completed"] = isRead ? found : 0,
                ["failed"] = isRead ? store.FileIds.Count - found : 0,
                ["cancelled"] = 0,
                ["total"] = store.FileIds.Count,
            },
            ["status"] = isRead ? "completed" : "in_progress",
            ["last_active_at"] = store.CreatedAt.ToUnixTimeSeconds(),
            ["metadata"] = JsonNode.Parse(store.Body.Member("metadata")?.GetRawText() ?? "{}"),
        }.WriteTo);
    }
}

/// <summary>A vector store that was created and not deleted.</summary>
sealed record KeptVectorStore(string Id, DateTimeOffset CreatedAt, JsonElement Body, IReadOnlyList<string> FileIds);
