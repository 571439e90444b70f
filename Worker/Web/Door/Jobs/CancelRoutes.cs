using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenAIWorker.Contracts;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Web.Door.Jobs;

/// <summary>Cancels a job.</summary>
sealed class CancelRoutes(JobFinder finder, JobGivingUp cancels) : IWebRoutes
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/jobs/{id}", Delete).RequireAuthorization(WebRoles.Send);

    async Task Delete(HttpContext context)
    {
        Asked.Only(context.Request, "tenant");
        var id = Asked.Id(context.Request);
        if (await finder.Find(context, id) is not { Record: var record })
            throw JobFinder.None(id).Thrown();
        if (record.EndedAt is not null)
            throw new WebProblem(StatusCodes.Status409Conflict, "job_ended",
                $"The job has ended: it is {record.State}. Ended jobs do not change.")
            { JobId = id }.Thrown();
        await cancels.Send(new CancelJob
        {
            JobId = id,
            Tenant = record.Key.Tenant.Length > 0 ? record.Key.Tenant : null,
        });
        await JobAnswer.Sent(context, new(record.Key, record.State, null));
    }
}
