using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Json;

namespace OpenAIWorker.Web.Access;

/// <summary>
/// Refuses host names that are not allowed, with a problem that names the setting: .NET's filter only says 400.
/// </summary>
static class ToldHosts
{
    const int Shown = 100;

    static readonly object Passed = new();

    public static IApplicationBuilder UseToldHosts(this IApplicationBuilder app) => app
        .Use(next => context => Tell(context, next))
        .UseHostFiltering()
        .Use(next => context =>
        {
            context.Items[Passed] = true;
            return next(context);
        });

    static async Task Tell(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (!context.Items.ContainsKey(Passed) && !context.Response.HasStarted)
            await new WebProblem(StatusCodes.Status400BadRequest, "bad_request",
                $"The host name '{Excerpt.Marked(context.Request.Host.Value ?? "", Shown)}' is not allowed. Name it in "
                    + "Web:Hosts. Without tokens and Web:Hosts only localhost, 127.0.0.1 and [::1] are allowed.")
                .Write(context);
    }
}
