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
/// The owner of a payload, by its id: a tenant's ids begin with a mark of the tenant. Ids that workers make are random,
/// and known only to those who were told.
/// </summary>
static partial class TenantPayloads
{
    const int MarkLength = 12;

    /// <summary>The beginning of a visitor's payload ids.</summary>
    public static string Prefix(string? tenant) => tenant is null ? PayloadId.Prefix : PayloadId.Prefix + "t"
        + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tenant)))[..MarkLength] + "-";

    /// <summary>A new id.</summary>
    public static string NewId(string? tenant) => $"{Prefix(tenant)}{Guid.NewGuid():N}";

    /// <summary>Whether the visitor may write this payload.</summary>
    public static bool MayPut(string id, string? tenant) => id.StartsWith(Prefix(tenant), StringComparison.Ordinal);

    /// <summary>Whether the visitor may read this payload and use it in a job.</summary>
    public static bool MayGet(string id, string? tenant) => MayPut(id, tenant) || Random().IsMatch(id);

    /// <exception cref="FailureException">A tenant's job names a payload of another tenant.</exception>
    public static void Check(JobRequest job, string tenant)
    {
        foreach (var id in Named(JsonSerializer.SerializeToElement(job, job.GetType(), BusJson.Options)))
            if (!MayGet(id, tenant))
                throw PayloadFailures.Invalid("payload",
                    $"'{id}' does not belong to the tenant. Its ids begin with {Prefix(tenant)}: POST /payloads.");
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
