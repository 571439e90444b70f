using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;

namespace OpenAIWorker.Web.Door.Payloads;

/// <summary>
/// Whose payload it is, by its id: a tenant's begins with a mark of his. An id of a worker's making is random, and is
/// known only to who has been told it.
/// </summary>
static partial class TenantPayloads
{
    const int MarkLength = 12;

    /// <summary>What the ids of a visitor's payloads begin with.</summary>
    public static string Prefix(string? tenant) => tenant is null ? PayloadId.Prefix : PayloadId.Prefix + "t"
        + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tenant)))[..MarkLength] + "-";

    /// <summary>A new id.</summary>
    public static string NewId(string? tenant) => $"{Prefix(tenant)}{Guid.NewGuid():N}";

    /// <summary>Whether bytes may be put there.</summary>
    public static bool MayPut(string id, string? tenant) => id.StartsWith(Prefix(tenant), StringComparison.Ordinal);

    /// <summary>Whether the bytes may be had, and given to a job.</summary>
    public static bool MayGet(string id, string? tenant) => MayPut(id, tenant) || Random().IsMatch(id);

    /// <exception cref="FailureException">A tenant's job names a payload of another one.</exception>
    public static void Check(JobRequest job, string tenant)
    {
        foreach (var id in Named(JsonSerializer.SerializeToElement(job, job.GetType(), BusJson.Options)))
            if (!MayGet(id, tenant))
                throw PayloadFailures.Invalid("payload",
                    $"'{id}' is none of the tenant's. Its own begin with {Prefix(tenant)}: POST /payloads.");
    }

    static IEnumerable<string> Named(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member =>
            member.NameEquals("payload") && member.Value.Text("id") is { } id ? [id] : Named(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Named),
        _ => [],
    };

    [GeneratedRegex(@"\Ap-[0-9a-f]{32}\z")]
    private static partial Regex Random();
}
