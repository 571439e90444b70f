using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Assistants.Notes;
using OpenAIWorker.Storage.Assistants;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Assistants.Local;

/// <summary>Assistants that this worker stores, because OpenAI no longer has any.</summary>
sealed class LocalAssistants(AssistantStore store, JobOwners owners, TimeProvider clock) : IAssistants
{
    const int UsualLimit = 20;

    public AssistantLimits Limits => AssistantLimits.Local;

    public async Task<ProviderResponse?> Earlier(CreateAssistant request, CancellationToken cancellation)
    {
        if (await store.OfJob(owners.OwnerOf(request), owners.KeyOf(request), cancellation) is { } earlier)
            return Shown(earlier.Definition);
        if (request is { FailIfExists: true, Name: { } name }
            && await store.Named(owners.OwnerOf(request), name, cancellation) is [var other, ..])
            throw AssistantFailures.Exists(name, other.Id);
        return null;
    }

    public async Task<ProviderResponse> Create(CreateAssistant request, IReadOnlyList<string>? vectorStores,
        CancellationToken cancellation)
    {
        var id = $"asst_{Guid.NewGuid():N}";
        var definition = With(New(id), AssistantBody.Of(request, default, vectorStores));
        var added = await store.Add(new(id, owners.OwnerOf(request), owners.KeyOf(request), definition.Text("name"),
            definition), request.FailIfExists == true, cancellation);
        return Shown(added?.Definition ?? throw AssistantFailures.Exists(request.Name!, "another"));
    }

    public async Task<ProviderResponse> Find(JobRequest request, string? id, string? name,
        CancellationToken cancellation) =>
        Shown((await Stored(request, id, name, cancellation)).Definition);

    public async Task<ProviderResponse> Update(UpdateAssistant request, ProviderResponse before,
        IReadOnlyList<string>? vectorStores, CancellationToken cancellation)
    {
        var stored = await Stored(request, before.Body.Text("id"), null, cancellation);
        var changed = With(JsonObject.Create(stored.Definition)!,
            AssistantBody.Of(request, stored.Definition, vectorStores));
        if (!await store.Replace(stored, changed.Text("name"), changed, cancellation))
            throw AssistantFailures.Busy(stored.Id);
        return Shown(changed);
    }

    public async Task<ProviderResponse> Delete(DeleteAssistant request, CancellationToken cancellation)
    {
        var stored = await Stored(request, request.AssistantId, request.AssistantName, cancellation);
        await store.Delete(stored.Credential, stored.Id, cancellation);
        return Shown(JsonSerializer.SerializeToElement(
            new JsonObject { ["id"] = stored.Id, ["object"] = "assistant.deleted", ["deleted"] = true }));
    }

    public async Task<ProviderResponse> List(ListAssistants request, CancellationToken cancellation)
    {
        var limit = request.Limit ?? UsualLimit;
        // One more, to know whether there are more.
        var found = await store.List(owners.OwnerOf(request), request.Order == "asc", limit + 1, request.After,
            cancellation);
        var page = found.Take(limit).ToList();
        return Shown(JsonSerializer.SerializeToElement(new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. page.Select(assistant => JsonObject.Create(assistant.Definition))]),
            ["first_id"] = page.FirstOrDefault()?.Id,
            ["last_id"] = page.LastOrDefault()?.Id,
            ["has_more"] = found.Count > limit,
        }));
    }

    async Task<StoredAssistant> Stored(JobRequest request, string? id, string? name, CancellationToken cancellation)
    {
        if (id is not null)
            return await store.Find(owners.OwnerOf(request), id, cancellation)
                ?? throw AssistantFailures.NotFound(id, null);
        var found = await store.Named(owners.OwnerOf(request), name!, cancellation);
        return found switch
        {
            [] => throw AssistantFailures.NotFound(null, name),
            [var only] => only,
            _ => throw AssistantFailures.Ambiguous(name!, found.Select(assistant => assistant.Id)),
        };
    }

    static ProviderResponse Shown(JsonElement json) => new(json, null, 0);

    JsonObject New(string id) => new()
    {
        ["id"] = id,
        ["object"] = "assistant",
        ["created_at"] = clock.GetUtcNow().ToUnixTimeSeconds(),
        ["name"] = null,
        ["description"] = null,
        ["model"] = null,
        ["instructions"] = null,
        ["tools"] = new JsonArray(),
        ["tool_resources"] = new JsonObject(),
        ["metadata"] = new JsonObject(),
        ["temperature"] = null,
        ["top_p"] = null,
        ["reasoning_effort"] = null,
        ["response_format"] = "auto",
    };

    // As the API does: a given member replaces the whole old one.
    static JsonElement With(JsonObject assistant, JsonBody change)
    {
        foreach (var member in change.ToJson().EnumerateObject())
            assistant[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        return JsonSerializer.SerializeToElement(assistant);
    }
}
