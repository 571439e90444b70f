using System.Globalization;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Assistants.Notes;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Assistants.Native;

/// <summary>Assistants that the provider stores: <c>/assistants</c>.</summary>
sealed class NativeAssistants(OpenAIClients openAI) : IAssistants
{
    const int MostPairs = 16;
    const int LongestPage = 100;

    public AssistantLimits Limits => AssistantLimits.Native;

    public async Task<ProviderResponse?> Earlier(CreateAssistant request, CancellationToken cancellation)
    {
        var newest = await Page(request, "desc", LongestPage, null, cancellation);
        foreach (var assistant in newest.Body.Items("data").Where(assistant => CreatorMark.IsOn(assistant, request)))
            return newest with { Body = assistant };
        if (request is { FailIfExists: true, Name: { } name }
            && await Named(request, name, cancellation) is [var other, ..])
            throw AssistantFailures.Exists(name, other.Text("id"));
        return null;
    }

    public Task<ProviderResponse> Create(CreateAssistant request, IReadOnlyList<string>? vectorStores,
        CancellationToken cancellation) =>
        openAI.Of(request).Send("POST", "assistants",
            AssistantBody.Of(Marked(request), default, vectorStores).ToContent(), cancellation);

    public async Task<ProviderResponse> Find(JobRequest request, string? id, string? name,
        CancellationToken cancellation)
    {
        if (id is not null)
            return await openAI.Of(request).Send("GET", PathOf(id), null, cancellation);
        var found = await Named(request, name!, cancellation);
        return found switch
        {
            [] => throw AssistantFailures.NotFound(null, name),
            [var only] => new(only, null, 0),
            _ => throw AssistantFailures.Ambiguous(name!, found.Select(assistant => assistant.Text("id"))),
        };
    }

    public Task<ProviderResponse> Update(UpdateAssistant request, ProviderResponse before,
        IReadOnlyList<string>? vectorStores, CancellationToken cancellation) =>
        openAI.Of(request).Send("POST", PathOf(before.Body.Text("id")),
            AssistantBody.Of(request, before.Body, vectorStores).ToContent(), cancellation);

    public async Task<ProviderResponse> Delete(DeleteAssistant request, CancellationToken cancellation)
    {
        var id = request.AssistantId
            ?? (await Find(request, null, request.AssistantName, cancellation)).Body.Text("id");
        return await openAI.Of(request).Delete(PathOf(id), cancellation);
    }

    public Task<ProviderResponse> List(ListAssistants request, CancellationToken cancellation) =>
        Page(request, request.Order, request.Limit, request.After, cancellation);

    async Task<List<JsonElement>> Named(JobRequest request, string name, CancellationToken cancellation)
    {
        var (found, after) = (new List<JsonElement>(), (string?)null);
        do
        {
            var page = await Page(request, null, LongestPage, after, cancellation);
            found.AddRange(page.Body.Items("data").Where(assistant => assistant.Text("name") == name));
            after = page.Body.Truth("has_more") == true ? page.Body.Text("last_id") : null;
        }
        while (after is not null);
        return found;
    }

    Task<ProviderResponse> Page(JobRequest request, string? order, int? limit, string? after,
        CancellationToken cancellation) =>
        openAI.Of(request).Send(
        "GET", ApiPath.With("assistants", ("order", order), ("limit", limit?.ToString(CultureInfo.InvariantCulture)),
            ("after", after)), null, cancellation);

    static CreateAssistant Marked(CreateAssistant request) =>
        request.StoreMetadata is { Count: > MostPairs - CreatorMark.Pairs }
        ? request
        : request with
        {
            StoreMetadata = (request.StoreMetadata ?? new Dictionary<string, string>())
            .Concat(CreatorMark.Of(request)).DistinctBy(pair => pair.Key).ToDictionary()
        };

    static string PathOf(string? id) => ApiPath.Of("assistants", "assistantId", id);
}
