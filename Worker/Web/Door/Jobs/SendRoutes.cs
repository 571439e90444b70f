using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Web.Door.Jobs;

/// <summary>Accepts one job.</summary>
sealed class SendRoutes(JobEntry entry, EndingTail tail) : IWebRoutes
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/jobs/{operation}", Post).RequireAuthorization(WebRoles.Send);

    async Task Post(HttpContext context)
    {
        var visitor = Visitor.Of(context);
        var job = entry.Read(RequestWords.OperationOf(context), await JobBody.Read(context),
            RequestWords.IdempotencyKey(context.Request), visitor);
        var sent = (await entry.Send([job], context.RequestAborted))[0];
        if (sent.Problem is { } problem)
            throw problem.Thrown();
        if (RequestWords.Wait(context) is { } time && visitor.May(WebRoles.Read)
            && await tail.Wait(sent.Key, time, context.RequestAborted) is { } ended)
            await JobAnswer.Ended(context, ended);
        else
            await JobAnswer.Sent(context, sent);
    }
}
