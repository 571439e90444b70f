using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Web.OpenAI.Responses;

/// <summary><c>/v1/responses/{id}</c>: responses in the background.</summary>
sealed class ResponseRoutes(ResponseJobs background) : IWebRoutes
{
    const string Path = ApiError.Prefix + "/responses/{id}";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, context => background.Get(context, IdOf(context))).RequireAuthorization(WebRoles.Read);
        routes.MapPost(Path + "/cancel", context => background.Cancel(context, IdOf(context)))
            .RequireAuthorization(WebRoles.Send, WebRoles.Read);
        routes.MapDelete(Path, context => background.Delete(context, IdOf(context)))
            .RequireAuthorization(WebRoles.Send);
    }

    static string IdOf(HttpContext context) => (string)context.GetRouteValue("id")!;
}
