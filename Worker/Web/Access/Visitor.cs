using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Web.Access;

/// <summary>Who makes a request, and what they may see.</summary>
/// <param name="Name">The token's name in the settings.</param>
/// <param name="Roles">The token's roles.</param>
/// <param name="Tenant">The only tenant whose jobs they send and see; null: all.</param>
sealed record Visitor(string Name, IReadOnlyList<string> Roles, string? Tenant)
{
    const string TenantClaim = "tenant";

    /// <summary>Anyone on this machine, while there are no tokens.</summary>
    public static readonly Visitor Anyone = new("this machine", WebRoles.All, null);

    public bool May(string role) => Roles.Contains(role);

    /// <summary>Whether the visitor may know of a job. A job of another tenant is reported as not found.</summary>
    public bool Sees(JobKey job) => Tenant is null || Tenant == job.Tenant;

    public ClaimsPrincipal Principal(string scheme) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.Name, Name),
            .. Roles.Select(role => new Claim(ClaimTypes.Role, role)),
            .. Tenant is null ? [] : new[] { new Claim(TenantClaim, Tenant) },
        ], scheme));

    public static Visitor Of(HttpContext context) => new(
        context.User.FindFirstValue(ClaimTypes.Name) ?? "",
        [.. context.User.FindAll(ClaimTypes.Role).Select(role => role.Value)],
        context.User.FindFirstValue(TenantClaim));
}
