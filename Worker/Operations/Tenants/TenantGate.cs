using System.Text.Json;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Assistants;
using OpenAIWorker.Operations.Assistants.Notes;
using OpenAIWorker.Settings;
using OpenAIWorker.Storage.Assistants;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Tenants;

/// <summary>
/// Separates the tenants' things at the provider (<c>Assistants:PerTenant</c>). The provider knows credentials but no
/// tenants. So the worker records which things the jobs of each tenant created, and refuses jobs that name others. A
/// thing of another tenant and a missing thing get the same answer.
/// </summary>
sealed class TenantGate(ThingStore things, JobOwners owners, IOptions<AssistantsOptions> options) : ICallGate
{
    public bool IsOpen => owners.AreTenants;

    public async Task Enter(JobRequest request, ProviderAsk ask, CancellationToken cancellation)
    {
        if (request is CallApi && !ThingPaths.IsBounded(ask))
            throw new FailureException(Unbounded(ask));
        var named = ThingIds.In(ask, request).Concat(ThingPaths.Of(ask.Path) is { } thing ? [thing] : [])
            .DistinctBy(thing => thing.Id).ToList();
        var mine = await Mine(request, [.. named.Select(thing => thing.Id)], cancellation);
        if (named.Find(thing => !mine.Contains(thing.Id)) is { Id: { } id } other)
            throw new FailureException(Unknown(other.Member, id));
    }

    public async Task Leave(JobRequest request, ProviderAsk ask, JsonElement? answer, CancellationToken cancellation)
    {
        if (ask.Method == "DELETE" && ThingPaths.Whole(ask.Path) is { } gone)
            await things.Delete(OpenAIClients.KeyOf(request), gone.Id, cancellation);
        if (answer is not { } made)
            return;
        if (ThingPaths.MadeBy(ask, made) is { } kind && made.Text("id") is { } id)
            await Add(request, id, kind.Days, cancellation);
        // The parts of an upload become a file.
        if (ask.Method == "POST" && ThingKind.Of(ask.Path)?.Path == "uploads"
            && made.Member("file")?.Text("id") is { } file)
            await Add(request, file, null, cancellation);
        foreach (var container in Containers(made).Distinct())
            await Add(request, container, ThingKind.Of("containers")!.Days, cancellation);
    }

    /// <summary>The ids that the job may name; all of them if tenants are not separated.</summary>
    public async Task<HashSet<string>> Mine(JobRequest request, IReadOnlyCollection<string> ids,
        CancellationToken cancellation)
    {
        if (!IsOpen || ids.Count == 0)
            return [.. ids];
        var mine = await things.Which(OpenAIClients.KeyOf(request), ids, owners.OwnerOf(request), cancellation);
        mine.UnionWith(ids.Where(id => NameList.Has(options.Value.SharedIds, id)));
        return mine;
    }

    Task<int> Add(JobRequest request, string id, int? days, CancellationToken cancellation) => things.Add(
        OpenAIClients.KeyOf(request), id, owners.OwnerOf(request),
        days is { } number ? TimeSpan.FromDays(number) : null, cancellation);

    // Only where the provider reports containers, not where it repeats the request.
    static IEnumerable<string> Containers(JsonElement answer) =>
        from item in answer.Items("output")
        from place in item.Text("type") is "code_interpreter_call"
            ? [item]
            : item.Items("content").SelectMany(part => part.Items("annotations"))
        where place.Text("container_id") is { Length: > 0 }
        select place.Text("container_id")!;

    static Failure Unknown(string member, string id) => new(FailureKind.Permanent, FailureCodes.NotFound,
        $"{member} is {ShownValue.Of(id)}, but no job of this tenant created it. If tenants are "
            + "separated (Assistants:PerTenant), a job uses only what its own tenant's jobs created, and what "
            + "Assistants:SharedIds names.",
        Remedy.Sender)
    { Member = member };

    static Failure Unbounded(ProviderAsk ask) => Failure.Invalid("path",
        $"path is {ShownValue.Of(ask.Path)} with the method {ask.Method}, which may reach another tenant's things. "
            + "If tenants are separated (Assistants:PerTenant), call-api creates things, and reaches by id those "
            + "that its tenant made.");
}
