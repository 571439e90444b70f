using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Storage.Groups;
using OpenAIWorker.Storage.Shown;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Web.Door.Groups;

/// <summary>Groups of jobs: shows their progress, and cancels them.</summary>
sealed class GroupRoutes(RecordGroups groups, JobGivingUp cancels) : IWebRoutes
{
    const int LongestShown = 256;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/groups/{id}", Get).RequireAuthorization(WebRoles.Read);
        routes.MapDelete("/groups/{id}", Delete).RequireAuthorization(WebRoles.Send);
    }

    async Task Get(HttpContext context) => await JobAnswer.Write(context, JobJson.Of(await Find(context)));

    async Task Delete(HttpContext context)
    {
        var found = await Find(context);
        if (found.Progress.EndedAt is not null)
            throw new WebProblem(StatusCodes.Status409Conflict, "group_ended",
                "All jobs of the group have ended. Ended jobs do not change.").Thrown();
        var key = found.Progress.Key;
        await cancels.Send(new CancelJob { Group = key.Id, Tenant = key.Tenant.Length > 0 ? key.Tenant : null });
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await JobAnswer.Write(context, JobJson.Of(found));
    }

    async Task<WholeGroup> Find(HttpContext context)
    {
        Asked.Only(context.Request, "tenant");
        var id = Asked.Id(context.Request);
        return await groups.Find(id, Asked.Tenant(context), context.RequestAborted) switch
        {
            [] => throw new WebProblem(StatusCodes.Status404NotFound, FailureCodes.NotFound,
                $"There is no group '{Excerpt.Marked(id, LongestShown)}': no worker with this database and "
                    + "Records:Keep has seen a job of it, it was deleted, or it ended longer ago than "
                    + "Records:KeepFor.").Thrown(),
            [var only] => only,
            var several => throw new WebProblem(StatusCodes.Status409Conflict, "several_tenants",
                $"{several.Count} tenants have a group with this id. Name one: ?tenant=NAME.")
            { Member = "tenant" }.Thrown(),
        };
    }
}
